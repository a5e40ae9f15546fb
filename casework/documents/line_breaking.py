"""Where a line of Chinese text may end (避头尾), without any drawing.

ReportLab's own breaker lets a line begin with ，；：！？ and cuts through amounts, so it is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NOT_AT_START = frozenset("，。、；：！？…—～·％‰℃°）〕］｝〉》」』】〗”’!),.:;?]}%々〞")
NOT_AT_END = frozenset("（〔［｛〈《「『【〖“‘([{¥￥$№〝")
BREAK = "\ufdd0"  # a line ends here because the author said so; a noncharacter: no text contains it
LINK = frozenset(".,-/:@_+%#&*=~")  # stay with the Latin letters and digits around them
SQUEEZE = 0.05  # one forbidden mark more is taken in if each character gives up no more than this share


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end`; `width` as set; `forced` when the author ended it."""

    start: int
    end: int
    width: float
    forced: bool


def break_lines(text: str, widths: Sequence[float], *, first: float, later: float) -> list[Line]:
    """Cut `text` into lines: the first is `first` wide, the others `later`, in the unit of `widths`."""
    lines: list[Line] = []
    start, room = 0, first
    while start < len(text):
        line = _next_line(text, widths, start, room)
        lines.append(line)
        start, room = _skip_spaces(text, line), later
    return lines


def _next_line(text: str, widths: Sequence[float], start: int, room: float) -> Line:
    used, end, limit = 0.0, start, room + 1e-6
    while end < len(text) and text[end] != BREAK:
        if used + widths[end] > limit:
            return _cut(text, widths, start, end, room)
        used += widths[end]
        end += 1
    return Line(start, end, used, end < len(text))


def _cut(text: str, widths: Sequence[float], start: int, full: int, room: float) -> Line:
    """The line must end at or before `full`, or one mark later."""
    squeezed = _squeezed(text, widths, start, full, room)
    end = squeezed or full
    while end > start + 1 and not may_break(text, end):
        end -= 1
    if end <= start + 1 or (full - end) > 0.7 * (full - start):
        end = max(full, start + 1)  # one endless word: cut it where the room ends
    return Line(start, end, sum(widths[start:end]), False)


def _squeezed(text: str, widths: Sequence[float], start: int, full: int, room: float) -> int | None:
    if text[full] not in NOT_AT_START or full == start:
        return None
    used = sum(widths[start : full + 1])
    return full + 1 if (used - room) <= SQUEEZE * used else None


def may_break(text: str, position: int) -> bool:
    """Whether a line may end before the character at `position`."""
    if position >= len(text):
        return True
    before, after = text[position - 1], text[position]
    if after in NOT_AT_START or before in NOT_AT_END:
        return False
    return not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character in LINK or (character.isascii() and character.isalnum())


def _skip_spaces(text: str, line: Line) -> int:
    position = line.end + 1 if line.forced else line.end
    while not line.forced and position < len(text) and text[position] == " ":
        position += 1
    return position
