"""A heading that also stands in the outline of the PDF."""

from __future__ import annotations

from casework.documents.text import Glyphs, Style, Text


class Heading(Text):
    """A heading of level 1 or 2; level 0 is the title."""

    def __init__(self, content: Glyphs, style: Style, *, level: int) -> None:
        super().__init__(content, style, minimum=99)
        self.level = level

    def draw(self) -> None:
        """Draw it and add its bookmark."""
        super().draw()
        key = self._key()
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self.content.text, key, self.level, closed=False)

    def _key(self) -> str:
        # Position and page make a key that is unique and the same on every run.
        x, y = self.canv.absolutePosition(0, 0)
        return f"p{self.canv.getPageNumber()}-{round(x)}-{round(y)}-{self.level}"
