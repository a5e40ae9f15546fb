"""A4 pages in the spirit of GB/T 9704: red head, page numbers, watermark of a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from casework.documents.faces import BOLD, REGULAR
from casework.documents.markdown import Sheet
from casework.documents.text import Style, Text

RED = HexColor("#D5171D")
PALE = HexColor("#E9EAEC")
GREY = HexColor("#555555")


@dataclass(frozen=True, slots=True)
class Geometry:
    """Margins of one layout in points."""

    left: float
    right: float
    top: float
    bottom: float
    paper: tuple[float, float] = A4

    @property
    def width(self) -> float:
        """Width of the text area."""
        return float(self.paper[0]) - self.left - self.right

    @property
    def height(self) -> float:
        """Height of the text area."""
        return float(self.paper[1]) - self.top - self.bottom


# GB/T 9704-2012, 5.2: head margin 37 mm, binding margin 28 mm, text area 156 × 225 mm, 22 lines of 28.
LETTER = Geometry(left=28 * mm, right=26 * mm, top=37 * mm, bottom=35 * mm)
FORM = Geometry(left=22 * mm, right=20 * mm, top=20 * mm, bottom=20 * mm)
LIST = Geometry(left=15 * mm, right=15 * mm, top=16 * mm, bottom=18 * mm, paper=landscape(A4))
GEOMETRIES = {"letter": LETTER, "form": FORM, "list": LIST}

CELL = Style(size=11, leading=16, align="left")
LABEL = Style(size=11, leading=16, align="left", bold=True)
TITLE = Style(size=22, leading=34, align="center", bold=True, before=16, after=14)
SMALL = Style(size=9, leading=13.5, colour=GREY, align="left")
SHEETS = {
    "letter": Sheet(
        body=Style(size=15.75, leading=28.4, indent=2),
        heading=Style(size=15.75, leading=28.4, indent=2, bold=True, align="left"),
        cell=CELL,
        label=LABEL,
    ),
    "form": Sheet(
        body=Style(size=11, leading=18, indent=2),
        heading=Style(size=12, leading=22, bold=True, align="left", before=6),
        cell=CELL,
        label=LABEL,
    ),
    "list": Sheet(
        body=Style(size=10, leading=16),
        heading=Style(size=12, leading=22, bold=True, align="left", before=6),
        cell=replace(CELL, size=9.5, leading=14),
        label=replace(LABEL, size=9.5, leading=14),
    ),
}


class RedHead(Flowable):  # type: ignore[misc]
    """Name of the issuing authority in red, the number below it, a red line."""

    def __init__(self, name: Text, number: Text) -> None:
        super().__init__()
        self.name = name
        self.number = number

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Height of name, number and line."""
        self.width = width
        self.height = self.name.wrap(width, height)[1] + self.number.wrap(width, height)[1] + 30
        return width, self.height

    def draw(self) -> None:
        """Draw from the top."""
        self.name.drawOn(self.canv, 0, self.height - self.name.height)
        self.number.drawOn(self.canv, 0, 12)
        self.canv.setStrokeColor(RED)
        self.canv.setLineWidth(1.6)
        self.canv.line(0, 2, self.width, 2)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page beside the text."""

    geometry: Geometry
    draft: bool
    foot: str
    notes: tuple[Flowable, ...] = ()

    @property
    def notes_height(self) -> float:
        """Room that the notes take at the foot of the first page."""
        return float(sum(note.wrap(self.geometry.width, 1e6)[1] for note in self.notes))

    def draw_under(self, canvas: Any, document: Any) -> None:
        """Before the text: watermark and page number."""
        canvas.saveState()
        if self.draft:
            self._watermark(canvas)
        canvas.setFillColor(Color(0, 0, 0))
        canvas.setFont(REGULAR, 12)
        width, low = self.geometry.paper[0], self.geometry.bottom - 9 * mm
        canvas.drawCentredString(width / 2, low, f"— {document.page} —")
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawRightString(width - self.geometry.right, 7 * mm, self.foot)
        canvas.restoreState()
        if document.page == 1:
            self._draw_notes(canvas)

    def _draw_notes(self, canvas: Any) -> None:
        top = self.geometry.bottom + self.notes_height
        for note in self.notes:
            top -= note.wrap(self.geometry.width, 1e6)[1]
            note.drawOn(canvas, self.geometry.left, top)

    def _watermark(self, canvas: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(PALE)
        canvas.setFont(BOLD, 150)
        canvas.translate(self.geometry.paper[0] / 2, self.geometry.paper[1] / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, -50, "草 稿")
        canvas.restoreState()


def document_template(target: Any, furniture: Furniture, *, title: str, author: str, subject: str) -> Any:
    """A ReportLab document whose bytes depend on its content only."""
    document = BaseDocTemplate(
        target,
        pagesize=furniture.geometry.paper,
        title=title,
        author=author,
        subject=subject,
        creator="Fundguard",
        lang="zh-CN",
        invariant=1,
        initialFontName=REGULAR,
    )
    draw = furniture.draw_under
    document.addPageTemplates(
        [
            PageTemplate(
                "first", [_frame(furniture, furniture.notes_height)], draw, autoNextPageTemplate="page"
            ),
            PageTemplate("page", [_frame(furniture, 0.0)], draw),
        ]
    )
    return document


def _frame(furniture: Furniture, notes: float) -> Frame:
    area = furniture.geometry
    return Frame(
        area.left,
        area.bottom + notes,
        area.width,
        area.height - notes,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
