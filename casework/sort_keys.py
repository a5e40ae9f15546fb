"""Sorting Chinese names by pinyin: the database has no collation for it."""

from pypinyin import Style, lazy_pinyin


def sort_key(name: str) -> str:
    """Pinyin with tone numbers, then the name itself, so that equal sounds keep one order."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3))[:200] + f" {name}"[:40]
