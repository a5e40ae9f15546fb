"""Ruled tables: header repeated on every page, cells joined to the left, tall rows cut between lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

PADDING = 4.5
RULE = 0.5
SHADE = HexColor("#F2F4F7")
WHOLE_ROW = 160.0  # a row up to this height goes to the next page uncut
WHOLE_TABLE = 170.0  # and so does a table


@dataclass(frozen=True, slots=True)
class Cell:
    """Content from top to bottom, `span` columns wide."""

    content: tuple[Flowable, ...]
    span: int = 1
    shaded: bool = False
    middle: bool = False


Row = tuple[Cell, ...]


class Grid(Flowable):  # type: ignore[misc]
    """A table; `shares` are the relative widths of its columns."""

    def __init__(self, rows: Sequence[Row], shares: Sequence[float], *, header: Row | None = None) -> None:
        super().__init__()
        self.header = header
        self.rows = list(rows)
        self.shares = list(shares)
        self.spaceBefore = self.spaceAfter = 6.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure every row for `width`."""
        total = sum(self.shares)
        self.columns = [width * share / total for share in self.shares]
        self.all_rows = ([self.header] if self.header else []) + self.rows
        self.heights = [self._row_height(row) for row in self.all_rows]
        self.width, self.height = width, sum(self.heights)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Rows that fit, and a table of the others under the same header."""
        self.wrap(width, height)
        if self.height <= WHOLE_TABLE:
            return []
        count, room = self._rows_within(height)
        above, below = self.rows[:count], self.rows[count:]
        if below and self.heights[-len(below)] > WHOLE_ROW:
            cut = self._cut_row(below[0], room)
            if cut:
                above, below = [*above, cut[0]], [cut[1], *below[1:]]
        elif len(below) == 1 and len(above) > 2 and sum(self.heights[-2:]) <= WHOLE_TABLE - self.heights[0]:
            above, below = self.rows[:-2], self.rows[-2:]  # one row alone overleaf looks forgotten
        return [Grid(part, self.shares, header=self.header) for part in (above, below)] if above else []

    def least_height(self, width: float) -> float:
        """What must fit on a page for the table to begin there."""
        _, height = self.wrap(width, 1e6)
        return height if height <= WHOLE_TABLE else min(sum(self.heights[:2]), WHOLE_ROW)

    def _rows_within(self, height: float) -> tuple[int, float]:
        """How many rows fit below the header, and the room that is left."""
        lead = 1 if self.header else 0
        room = height - sum(self.heights[:lead])
        count = 0
        while count < len(self.rows) and self.heights[lead + count] <= room + 1e-6:
            room -= self.heights[lead + count]
            count += 1
        return count, room

    def draw(self) -> None:
        """Draw shades, contents and rules."""
        self.canv.setLineWidth(RULE)
        top = self.height
        for row, height in zip(self.all_rows, self.heights, strict=True):
            self._draw_row(row, top, height)
            top -= height

    def _row_height(self, row: Row) -> float:
        return max(_stack(cell, width - 2 * PADDING) for cell, width in self._placed(row)) + 2 * PADDING

    def _placed(self, row: Row) -> list[tuple[Cell, float]]:
        edges = [0]
        for cell in row:
            edges.append(edges[-1] + cell.span)
        return [
            (cell, sum(self.columns[left:right]))
            for cell, (left, right) in zip(row, pairwise(edges), strict=True)
        ]

    def _cut_row(self, row: Row, room: float) -> tuple[Row, Row] | None:
        parts = [
            _cut_cell(cell, width - 2 * PADDING, room - 2 * PADDING) for cell, width in self._placed(row)
        ]
        if any(part is None for part in parts):
            return None
        upper, lower = zip(*(part for part in parts if part), strict=True)
        return (upper, lower) if any(cell.content for cell in lower) else None

    def _draw_row(self, row: Row, top: float, height: float) -> None:
        x = 0.0
        for cell, width in self._placed(row):
            self.canv.setStrokeGray(0.25)
            self.canv.setFillColor(SHADE)
            self.canv.rect(x, top - height, width, height, fill=int(cell.shaded), stroke=1)
            self._draw_cell(cell, x + PADDING, top - PADDING, width - 2 * PADDING, height - 2 * PADDING)
            x += width

    def _draw_cell(self, cell: Cell, x: float, top: float, width: float, height: float) -> None:
        free = height - _stack(cell, width)
        if cell.middle:
            top -= free / 2
        for number, item in enumerate(cell.content):
            _, needed = item.wrap(width, height)
            if number and number == len(cell.content) - 1 and not cell.middle:
                top -= free  # the last of several parts is a signature line: it stands at the foot
            item.drawOn(self.canv, x, top - needed)
            top -= needed


def _stack(cell: Cell, width: float) -> float:
    return float(sum(item.wrap(width, 1e6)[1] for item in cell.content))


def _cut_cell(cell: Cell, width: float, room: float) -> tuple[Cell, Cell] | None:
    """What fits above the cut, and the rest; None when a part can neither fit nor be cut."""
    upper: list[Flowable] = []
    rest = list(cell.content)
    while rest:
        _, needed = rest[0].wrap(width, room)
        if needed > room:
            break
        upper.append(rest.pop(0))
        room -= needed
    if rest:
        pieces = rest[0].split(width, room)
        if len(pieces) == 2:
            upper.append(pieces[0])
            rest[0] = pieces[1]
        elif not upper:
            return None
    return Cell(tuple(upper), cell.span, cell.shaded, cell.middle), Cell(
        tuple(rest), cell.span, cell.shaded, cell.middle
    )
