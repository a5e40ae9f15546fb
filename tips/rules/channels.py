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
LONGEST_DELAY = timedelta(days=180)
"""Between receipt and entry; more than that is a slip of the pen, not a late entry. A limit of ours."""


def may_have_arrived(received_at: datetime, now: datetime) -> bool:
    """Whether a moment of receipt can be right: not to come, and not longer ago than `LONGEST_DELAY`."""
    return now - LONGEST_DELAY <= received_at <= now
