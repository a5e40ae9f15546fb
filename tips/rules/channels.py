"""How a tip reaches the bureau, and what an officer who takes it in must note. Plain Python."""

from datetime import datetime, timedelta

WEB, TELEPHONE, LETTER, VISIT, EMAIL = "web", "telephone", "letter", "visit", "email"
WECHAT, MICROBLOG, FAX, SUPERVISOR, AUTHORITY, AGENCY = (
    "wechat",
    "microblog",
    "fax",
    "supervisor",
    "authority",
    "agency",
)
ORAL = frozenset({TELEPHONE, VISIT})
"""Told by word of mouth: written down, read back and confirmed (TH 7)."""
HANDED_ON = frozenset({AUTHORITY, AGENCY})
"""Handed on by somebody else: who, and under which number."""
UNASKED = frozenset({LETTER, FAX, *HANDED_ON})
"""Nobody is there to whom the text of consent could be read."""


def may_have_arrived(received_at: datetime, now: datetime, *, longest_days: int) -> bool:
    """Whether a moment of receipt can be right: not to come, and not so long ago that it is a slip of the pen."""
    return now - timedelta(days=longest_days) <= received_at <= now
