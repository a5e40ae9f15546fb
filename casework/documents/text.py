"""A paragraph of Chinese text as a ReportLab flowable: indent, justification, page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.platypus import Flowable

from casework.documents.faces import Face, choose
from casework.documents.line_breaking import BREAK, Line, break_lines

STRETCH = 0.08  # share of the size that a gap may grow by; more would look (and be read) like spaces


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; lengths in points, `indent` in characters."""

    size: float
    leading: float
    indent: int = 0
    align: str = "justify"
    bold: bool = False
    colour: Color = black
    before: float = 0
    after: float = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters with the face that draws each one."""

    text: str
    faces: tuple[Face, ...]

    def part(self, start: int, end: int) -> Glyphs:
        """The characters from `start` to `end`."""
        return Glyphs(self.text[start:end], self.faces[start:end])


def glyphs(spans: Sequence[Span], *, bold: bool, missing: list[str]) -> Glyphs:
    """Choose a face for every character; what no font has is added to `missing`."""
    text: list[str] = []
    faces: list[Face] = []
    for span in spans:
        for piece_number, piece in enumerate(span.text.split(BREAK)):
            if piece_number:
                text.append(BREAK)
                faces.append(faces[-1] if faces else choose(" ", bold=bold)[1][0])
            drawn, used, lost = choose(piece, bold=bold or span.bold)
            text.append(drawn)
            faces.extend(used)
            missing.extend(lost)
    return Glyphs("".join(text), tuple(faces))


class Text(Flowable):  # type: ignore[misc]
    """One paragraph. A part split off at a page's end keeps its lines as they were."""

    def __init__(self, content: Glyphs, style: Style, *, ends: bool = True, minimum: int = 2) -> None:
        super().__init__()
        self.content = content
        self.style = style
        self.ends = ends  # false for a part that goes on overleaf: its last line is justified too
        self.minimum = minimum  # lines that must stay together at a page's end or start
        self.lines: list[Line] = []
        self.spaceBefore, self.spaceAfter = style.before, style.after
        scale = style.size / 1000
        self._widths = [
            face.width(character) * scale for character, face in zip(content.text, content.faces, strict=True)
        ]
        self._broken_for: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break into lines for `width`; return the size needed."""
        if self._broken_for != width:
            indent = self.style.indent * self.style.size
            self.lines = break_lines(self.content.text, self._widths, first=width - indent, later=width)
            self._broken_for = width
        self.width, self.height = width, len(self.lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two parts, the first at most `height` high; an empty list when no good place exists."""
        self.wrap(width, height)
        fitting = int((height + 1e-6) / self.style.leading)
        if fitting >= len(self.lines):
            return [self]
        return self.split_after(min(fitting, len(self.lines) - self.minimum))

    def split_after(self, count: int) -> list[Flowable]:
        """The first `count` lines and the rest; empty when fewer than the minimum would stand alone."""
        if count < self.minimum or len(self.lines) - count < 1:
            return []
        end, start = self.lines[count - 1].end, self.lines[count].start
        tail = replace(self.style, indent=0, before=0)
        return [
            Text(self.content.part(0, end), self.style, ends=self.lines[count - 1].forced),
            Text(self.content.part(start, len(self.content.text)), tail, ends=self.ends),
        ]

    def least_height(self, width: float) -> float:
        """What must fit on a page for the paragraph to begin there."""
        self.wrap(width, 1e6)
        count = len(self.lines)
        return self.style.leading * (count if count < 2 * self.minimum else self.minimum)

    def draw(self) -> None:
        """Draw all lines, the first one at the top."""
        style = self.style
        self.canv.setFillColor(style.colour)
        cursor = self.canv.beginText()
        # The line's box is `leading` high; 0.12 of the size below the baseline's centre looks even.
        baseline = self.height - (style.leading + style.size) / 2 + 0.12 * style.size
        for number, line in enumerate(self.lines):
            self._draw_line(cursor, number, line, baseline - number * style.leading)
        self.canv.drawText(cursor)

    def _draw_line(self, cursor: Any, number: int, line: Line, baseline: float) -> None:
        indent = self.style.indent * self.style.size if number == 0 else 0.0
        slack = self.width - indent - line.width
        is_last = line.forced or (self.ends and number == len(self.lines) - 1)
        cursor.setTextOrigin(indent + self._offset(slack), baseline)
        cursor.setCharSpace(self._gap(line, slack, is_last))
        self._draw_runs(cursor, line)

    def _offset(self, slack: float) -> float:
        share = {"center": 0.5, "right": 1.0}.get(self.style.align, 0.0)
        return share * max(slack, 0.0)

    def _gap(self, line: Line, slack: float, is_last: bool) -> float:
        gaps = line.end - line.start - 1
        if gaps <= 0:
            return 0.0
        if slack < 0:
            return slack / gaps
        if self.style.align != "justify" or is_last:
            return 0.0
        gap = slack / gaps
        return gap if gap <= STRETCH * self.style.size else 0.0

    def _draw_runs(self, cursor: Any, line: Line) -> None:
        faces, text = self.content.faces, self.content.text
        start = line.start
        while start < line.end:
            end = start + 1
            while end < line.end and faces[end] is faces[start]:
                end += 1
            cursor.setFont(faces[start].name, self.style.size)
            cursor.textOut(text[start:end])
            start = end
