"""Table files that other programs open: text with commas, workbooks. A cell is always text, never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from tips.rules.cells import harmless

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
"""Tells spreadsheet programs that the text is UTF-8."""
WIDEST = 40


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A text table; what a spreadsheet would run as a formula gets an apostrophe before it."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (MARK + target.getvalue()).encode()


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook with one sheet: head frozen, filters on, columns as wide as their words."""
    target = io.BytesIO()
    given = [list(head), *(list(row) for row in rows)]
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1})
        for number, row in enumerate(given):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, bold if number == 0 else None)
        for column in range(len(head)):
            widths = [sum(2 if ord(sign) > 255 else 1 for sign in row[column]) for row in given]
            sheet.set_column(column, column, min(max(widths) + 2, WIDEST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(given) - 1, 1), len(head) - 1)
    return target.getvalue()
