"""What may stand in a cell of a table file: text that no spreadsheet runs as a formula and no reader breaks at."""

import unicodedata

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Categories of Unicode: control characters, line and paragraph separators."""


def is_plain(value: str) -> bool:
    """Whether a value can stand in any file as it is."""
    begins = value.lstrip().startswith(BEGINS_FORMULA)
    return not begins and not any(unicodedata.category(sign) in BREAKS for sign in value)


def harmless(value: str) -> str:
    """The value with an apostrophe before what a spreadsheet would run."""
    return f"'{value}" if value.lstrip("'").startswith(BEGINS_FORMULA) else value


def as_meant(written: str) -> str:
    """What `harmless` was given."""
    is_guarded = written.startswith("'") and written.lstrip("'").startswith(BEGINS_FORMULA)
    return written[1:] if is_guarded else written
