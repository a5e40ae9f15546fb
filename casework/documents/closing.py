"""The end of a document: signature block held to the last lines, notes below it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from casework.documents.text import Text

COMPANIONS = 2  # lines of text that must stand on the page of the signature


class Signature(Flowable):  # type: ignore[misc]
    """Bureau, place of the seal and date at the right; the date ends four characters from the margin.

    Source: GB/T 9704-2012, 7.3.5 (in its spirit).
    """

    def __init__(self, lines: Sequence[Text], *, right: float, above: float) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self.right = right
        self.above = above

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The block is as wide as its longest line."""
        self._block = max(_natural_width(line) for line in self.lines)
        self._block = min(self._block, width - self.right)
        heights = [line.wrap(self._block, height)[1] for line in self.lines]
        self.width, self.height = width, self.above + sum(heights)
        return width, self.height

    def draw(self) -> None:
        """Draw the lines centred on one axis."""
        left = self.width - self.right - self._block
        top = self.height - self.above
        for line in self.lines:
            top -= line.height
            line.drawOn(self.canv, left, top)


def _natural_width(line: Text) -> float:
    line.wrap(1e6, 1e6)
    return max((item.width for item in line.lines), default=0.0) + 1


class Rule(Flowable):  # type: ignore[misc]
    """A thin grey line over notes."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """A third of the text's width."""
        self.width, self.height = width, 14.0
        return width, self.height

    def draw(self) -> None:
        """Draw it at the foot of its box."""
        self.canv.setStrokeColor(HexColor("#808080"))
        self.canv.setLineWidth(0.4)
        self.canv.line(0, 4, self.width / 3, 4)


class Closing(Flowable):  # type: ignore[misc]
    """Last paragraphs and signature: a signature alone on a page could be moved to another text."""

    def __init__(self, texts: Sequence[Text], signature: Signature) -> None:
        super().__init__()
        self.texts = tuple(texts)
        self.signature = signature
        self._parts: tuple[Flowable, ...] = (*self.texts, signature)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Height of all together."""
        self.width = width
        self.height = sum(part.wrap(width, height)[1] for part in self._parts)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """The first paragraph's beginning stays, its last two lines go over with the signature."""
        self.wrap(width, height)
        if not self.texts:
            return []
        first, *others = self.texts
        fitting = int((height + 1e-6) / first.style.leading)
        parts = first.split_after(min(fitting, len(first.lines) - COMPANIONS))
        return [parts[0], Closing((parts[1], *others), self.signature)] if parts else []

    def least_height(self, width: float) -> float:
        """Two lines when the paragraph can be cut after them, else everything."""
        _, height = self.wrap(width, 1e6)
        if self.texts and len(self.texts[0].lines) >= 2 * COMPANIONS:
            return COMPANIONS * self.texts[0].style.leading
        return height

    def draw(self) -> None:
        """Draw the paragraphs over the signature."""
        top = self.height
        for part in self._parts:
            top -= part.height
            part.drawOn(self.canv, 0, top)
