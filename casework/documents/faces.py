"""Registers the fonts with ReportLab once per process and picks one for each character."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts

from casework.documents.font_files import FONTS, font_path, make_fonts

REGULAR, BOLD, FALLBACK = (font.name for font in FONTS)
MISSING = "〓"  # the printer's sign for a character that the case does not hold

_registering = threading.Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """What line breaking asks of a registered font; widths are in thousandths of the size."""

    name: str
    widths: dict[int, float]
    default_width: float

    def has(self, character: str) -> bool:
        """Whether the font draws this character."""
        return ord(character) in self.widths

    def width(self, character: str) -> float:
        """Advance of one character, in thousandths of the font size."""
        return self.widths.get(ord(character), self.default_width)


def register(directory: Path) -> None:
    """Make the fonts in `directory` known to ReportLab; later calls cost nothing.

    Missing files are made first, which takes about half a minute. Raises: FontsMissing.
    """
    if REGULAR in pdfmetrics._fonts:
        return
    with _registering:
        if REGULAR in pdfmetrics._fonts:
            return
        make_fonts(directory)
        ttfonts.makeToUnicodeCMap = to_unicode_cmap
        for font in reversed(FONTS):  # REGULAR comes last: its presence says that all are there
            pdfmetrics.registerFont(ttfonts.TTFont(font.name, str(font_path(directory, font))))


@lru_cache(maxsize=8)
def face(name: str) -> Face:
    """The registered font of this name."""
    found = pdfmetrics.getFont(name).face
    # charWidths also holds unmapped codes; charToGlyph says what can be drawn.
    widths = {code: found.charWidths.get(code, found.defaultWidth) for code in found.charToGlyph}
    return Face(name=name, widths=widths, default_width=found.defaultWidth)


def faces(*, bold: bool) -> Sequence[Face]:
    """The fonts to ask in turn. There is no bold fallback: a rare character in a heading is regular."""
    return (face(BOLD), face(FALLBACK)) if bold else (face(REGULAR), face(FALLBACK))


def choose(text: str, *, bold: bool) -> tuple[str, list[Face], list[str]]:
    """Text as it can be drawn, the face of each character, and the characters that no font has.

    A character without a glyph becomes 〓, so that a reader sees that something stood there.
    """
    first, *others = faces(bold=bold)
    drawn: list[str] = []
    used: list[Face] = []
    missing: list[str] = []
    for character in text:
        chosen = first if first.has(character) else _other(character, others)
        if chosen is None:
            missing.append(character)
            character, chosen = MISSING, first
        drawn.append(character)
        used.append(chosen)
    return "".join(drawn), used, missing


def _other(character: str, others: Iterable[Face]) -> Face | None:
    return next((candidate for candidate in others if candidate.has(character)), None)


def to_unicode_cmap(font_name: str, subset: Sequence[int]) -> str:
    """ToUnicode map of one font subset, as UTF-16BE.

    ReportLab's own writes U+20BB7 as <20BB7>, which readers cannot search or copy.
    Source: ISO 32000-1, 9.10.3; at most 100 entries in a block.
    """
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for index, code in enumerate(subset)
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return _CMAP.format(name=font_name, last=len(subset) - 1, body=body)


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry ({name})
/Ordering ({name})
/Supplement 0
>> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <{last:02X}>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
