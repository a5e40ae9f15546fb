"""Markdown → flowables: headings are numbered, paragraphs indented by two characters, tables ruled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.platypus import Flowable, Spacer

from casework.documents.errors import TemplateWrong
from casework.documents.grid import Cell, Grid, Row
from casework.documents.heading import Heading
from casework.documents.line_breaking import BREAK
from casework.documents.markup import JOIN, RIGHT, read_marks
from casework.documents.numerals import ordinal
from casework.documents.text import Span, Style, Text, glyphs

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline"])
_PARSER.disable(["code", "fence", "lheading", "reference", "link", "image", "autolink", "backticks"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """Styles of one layout; `label` and `cell` are for tables."""

    body: Style
    heading: Style
    cell: Style
    label: Style


@dataclass
class Builder:
    """Turns one filled template into flowables and collects characters without a glyph."""

    sheet: Sheet
    missing: list[str]

    def build(self, markdown: str) -> list[Flowable]:
        """All blocks in order. Raises: TemplateWrong for Markdown that has no official form."""
        self._source = read_marks(markdown)
        self._lines = self._source.split("\n")
        self._counts = [0, 0]
        self._list: list[int] = []
        self._flush = False
        tokens = iter(_PARSER.parse(self._source))
        return [flowable for token in tokens for flowable in self._block(token, tokens)]

    def text(self, spans: Sequence[Span], style: Style) -> Text:
        """One paragraph in a style."""
        return Text(glyphs(spans, bold=style.bold, missing=self.missing), style)

    def _block(self, token: Token, tokens: Iterator[Token]) -> list[Flowable]:
        match token.type:
            case "heading_open":
                return [self._heading(int(token.tag[1]), next(tokens))]
            case "paragraph_open":
                return [self._paragraph(next(tokens))]
            case "table_open":
                return [self._table(token, tokens)]
            case "ordered_list_open":
                self._list.append(0)
            case "ordered_list_close":
                self._list.pop()
            case "list_item_open":
                self._list[-1] += 1
            case "blockquote_open" | "blockquote_close":
                self._flush = token.type.endswith("open")
            case "hr":
                return [Spacer(1, self.sheet.body.leading / 2)]
            case "paragraph_close" | "heading_close" | "list_item_close":
                pass
            case _:
                raise TemplateWrong(f"{token.type} has no form in an official document")
        return []

    def _heading(self, level: int, inline: Token) -> Heading:
        if level > 2:
            raise TemplateWrong("headings have two levels")
        self._counts[level - 1] += 1
        if level == 1:
            self._counts[1] = 0
        figure = ordinal(self._counts[level - 1])
        number = f"{figure}、" if level == 1 else f"（{figure}）"
        content = glyphs([Span(number), *spans(inline)], bold=True, missing=self.missing)
        return Heading(content, self.sheet.heading, level=level)

    def _paragraph(self, inline: Token) -> Text:
        style = self.sheet.body
        content = spans(inline)
        if self._flush:
            style = replace(style, indent=0, align="left")
        elif self._list:
            content = [Span(f"{self._list[-1]}．"), *content]
        return self.text(content, style)

    def _table(self, opening: Token, tokens: Iterator[Token]) -> Grid:
        if opening.map is None:
            raise TemplateWrong("a table inside a list has no form in an official document")
        # Markdown has no column widths: the dashes under the header are the shares.
        ruler = self._lines[opening.map[0] + 1].strip().strip("|")
        shares = [float(len(dashes.strip())) for dashes in ruler.split("|")]
        aligns = [_align(dashes.strip()) for dashes in ruler.split("|")]
        header, *rows = _table_rows(tokens)
        if any(cell.content for cell in header):
            return Grid([self._row(row, aligns) for row in rows], shares, header=self._header(header))
        return Grid([self._form_row(row, aligns) for row in rows], shares)

    def _header(self, cells: Sequence[Token]) -> Row:
        style = replace(self.sheet.label, align="center")
        return tuple(Cell((self.text(spans(cell), style),), shaded=True, middle=True) for cell in cells)

    def _row(self, cells: Sequence[Token], aligns: Sequence[str]) -> Row:
        return tuple(
            Cell(self._cell(cell, replace(self.sheet.cell, align=align)), span=span, middle=True)
            for (cell, span), align in zip(_joined(cells), aligns, strict=False)
        )

    def _form_row(self, cells: Sequence[Token], aligns: Sequence[str]) -> Row:
        """In a table without header words, bold cells are labels: shaded and centred."""
        row = []
        for (cell, span), align in zip(_joined(cells), aligns, strict=False):
            label = cell.content.startswith("**") and cell.content.endswith("**")
            style = (
                replace(self.sheet.label, align="center") if label else replace(self.sheet.cell, align=align)
            )
            row.append(Cell(self._cell(cell, style), span=span, shaded=label, middle=label or span == 1))
        return tuple(row)

    def _cell(self, inline: Token, style: Style) -> tuple[Flowable, ...]:
        parts = _split_spans(spans(inline))
        content: list[Flowable] = [self.text(parts[0], style)]
        if len(parts) > 1:
            content.append(Spacer(1, 1.1 * style.leading))
        content += [self.text(part, replace(style, align="right")) for part in parts[1:]]
        return tuple(content)


def spans(inline: Token) -> list[Span]:
    """Text of an inline token in pieces of one weight; a source line's end leaves no space."""
    found: list[Span] = []
    bold = False
    for child in inline.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                bold = child.type == "strong_open"
            case "softbreak" | "em_open" | "em_close":
                continue
            case "hardbreak":
                found.append(Span(BREAK, bold))
            case "text" | "text_special":
                found.append(Span(child.content, bold))
            case _:
                raise TemplateWrong(f"{child.type} has no form in an official document")
    return [span for span in found if span.text] or [Span("")]


def _split_spans(content: Sequence[Span]) -> list[list[Span]]:
    parts: list[list[Span]] = [[]]
    for span in content:
        for number, piece in enumerate(span.text.split(RIGHT)):
            if number:
                parts.append([])
            parts[-1].append(Span(piece.strip(BREAK), span.bold) if number else Span(piece, span.bold))
    return parts


def _table_rows(tokens: Iterator[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    return rows


def _joined(cells: Sequence[Token]) -> list[tuple[Token, int]]:
    joined: list[tuple[Token, int]] = []
    for cell in cells:
        if cell.content.strip() == JOIN and joined:
            joined[-1] = (joined[-1][0], joined[-1][1] + 1)
        else:
            joined.append((cell, 1))
    return joined


def _align(dashes: str) -> str:
    if dashes.endswith(":"):
        return "center" if dashes.startswith(":") else "right"
    return "left"
