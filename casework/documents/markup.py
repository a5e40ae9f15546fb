"""What the templates' Markdown may contain beyond Markdown, and how values are kept from being markup.

`<br>` ends a line, `<right>` starts a right-aligned line, `<join>` joins a table cell to its left
neighbour. They work in the template's own words only: in a value every special character is escaped.
"""

from __future__ import annotations

import re

from django.utils.safestring import SafeString

from casework.documents.line_breaking import BREAK

RIGHT = "\ufdd1"  # a noncharacter, as BREAK: Markdown would trim a space
JOIN = "<join>"
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_LINE_END = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_RESERVED = re.compile(f"[{BREAK}{RIGHT}]")


class Value(str):
    """A text from outside: printed as it is, never as markup; still equal to the plain text."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Django's engine prints for it."""
        return escape(self)


def escape(text: str) -> SafeString:
    """Write every ASCII punctuation mark as a character reference, which Markdown never reads as markup."""
    lines = _LINE_END.split(_RESERVED.sub("\ufffd", text).strip())
    escaped = (_SPECIAL.sub(lambda mark: f"&#{ord(mark.group())};", line.strip(" \t")) for line in lines)
    return SafeString(BREAK.join(line for line in escaped if line))


def read_marks(markdown: str) -> str:
    """Replace the template's own `<br>` and `<right>` by the characters that the layout understands."""
    return markdown.replace("<br>", BREAK).replace("<right>", RIGHT)
