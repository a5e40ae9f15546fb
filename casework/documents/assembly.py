"""Puts a document together: head, title, text, signature, notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from reportlab.platypus import CondPageBreak, Flowable

from casework.documents.closing import COMPANIONS, Closing, Rule, Signature
from casework.documents.grid import Grid
from casework.documents.heading import Heading
from casework.documents.markdown import Builder
from casework.documents.numerals import chinese_date
from casework.documents.page import GREY, RED, SHEETS, SMALL, TITLE, RedHead
from casework.documents.templates import DocumentTemplate
from casework.documents.text import Span, Style, Text, glyphs

UNNUMBERED = "（草稿，尚未编号）"
HEAD_SIZE = 34.0
HOLD_LIMIT = 250.0  # more than a page can give would push the text away for ever


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that one document is made of; `marks` are points that the bureau must still confirm."""

    template: DocumentTemplate
    body: str
    number: str
    issued_on: date | None
    bureau_name: str
    draft: bool
    marks: tuple[str, ...]
    signatory: str

    @property
    def full_title(self) -> str:
        """Title of the PDF: bureau and kind."""
        return f"{self.bureau_name}{self.template.title}"

    @property
    def foot(self) -> str:
        """Small print: which template made it."""
        return f"{self.template.kind} · 模板版本 {self.template.version}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Open points; those of the template itself are settled once it is used for issued documents."""
        return self.marks + (self.template.marks if self.draft else ())


def story(parts: Parts, width: float, missing: list[str]) -> list[Flowable]:
    """All flowables in order; characters without a glyph are added to `missing`."""
    builder = Builder(SHEETS[parts.template.layout], missing)
    head = (
        _letter_head(parts, builder, width)
        if parts.template.layout == "letter"
        else _form_head(parts, builder)
    )
    body = builder.build(parts.body)
    if parts.template.layout == "letter":
        body = _signed(body, _signature(parts, builder), width)
    return [*head, *_held(body, width)]


def _held(body: list[Flowable], width: float) -> list[Flowable]:
    """A heading, or words that end in ：, go to the next page rather than stand without what they announce."""
    held: list[Flowable] = []
    announced = 0.0
    for block in reversed(body):
        held.append(block)
        if isinstance(block, Heading) or _announces(block, width):
            announced += block.wrap(width, 1e6)[1] + block.spaceBefore
            held.append(CondPageBreak(min(announced, HOLD_LIMIT)))
        else:
            announced = _least_height(block, width)
    return held[::-1]


def _announces(block: Flowable, width: float) -> bool:
    if type(block) is not Text or not block.content.text.endswith("："):
        return False
    block.wrap(width, 1e6)
    return len(block.lines) < 2 * block.minimum  # a longer one may be cut, its last lines go over


def _least_height(block: Flowable, width: float) -> float:
    return block.least_height(width) + 6 if isinstance(block, Grid | Text | Closing) else 0.0


def _letter_head(parts: Parts, builder: Builder, width: float) -> list[Flowable]:
    # As large as fits on one line.
    size = min(HEAD_SIZE, 0.98 * width / max(len(parts.bureau_name), 1))
    name = Style(size=size, leading=HEAD_SIZE * 1.5, align="center", bold=True, colour=RED)
    body = replace(builder.sheet.body, indent=0, align="center")
    number = parts.number or UNNUMBERED
    if parts.signatory:
        number = f"{number}　　　　签发人：{parts.signatory}"
    return [
        RedHead(builder.text([Span(parts.bureau_name)], name), builder.text([Span(number)], body)),
        _title(parts, builder),
    ]


def _form_head(parts: Parts, builder: Builder) -> list[Flowable]:
    bureau = Style(size=13, leading=20, align="center")
    number = Style(size=11, leading=18, align="right", after=4)
    head = [builder.text([Span(parts.bureau_name)], bureau), _title(parts, builder, before=2, after=4)]
    # A print of a list has no number; a draft says that it has none yet.
    if parts.number or parts.draft:
        head.append(builder.text([Span(f"编号：{parts.number or UNNUMBERED}")], number))
    return head


def _title(
    parts: Parts, builder: Builder, before: float = TITLE.before, after: float = TITLE.after
) -> Heading:
    content = glyphs([Span(parts.template.title)], bold=True, missing=builder.missing)
    return Heading(content, replace(TITLE, before=before, after=after), level=0)


def _signature(parts: Parts, builder: Builder) -> Signature:
    body = replace(builder.sheet.body, indent=0, align="center")
    day = chinese_date(parts.issued_on) if parts.issued_on else "　　　年　　月　　日"
    seal = replace(body, size=10.5, leading=20, colour=GREY)
    lines = [
        builder.text([Span(parts.bureau_name)], body),
        builder.text([Span("（印章）")], seal),
        builder.text([Span(day)], body),
    ]
    return Signature(lines, right=4 * body.size, above=1.5 * body.leading)


def _signed(body: list[Flowable], signature: Signature, width: float) -> list[Flowable]:
    """The last paragraphs, two lines at least, joined to the signature."""
    kept: list[Text] = []
    lines = 0
    while body and type(body[-1]) is Text and lines < COMPANIONS:
        last = body.pop()
        last.wrap(width, 1e6)
        lines += len(last.lines)
        kept.insert(0, last)
    return [*body, Closing(kept, signature)]


def footnotes(parts: Parts, missing: list[str]) -> list[Flowable]:
    """Open points, for the foot of the first page, where nobody overlooks them."""
    if not parts.notes:
        return []
    builder = Builder(SHEETS[parts.template.layout], missing)
    numbered = [f"{number}．{note}" for number, note in enumerate(parts.notes, start=1)]
    return [
        Rule(),
        builder.text([Span("待本机关核定的事项")], replace(SMALL, bold=True)),
        *(builder.text([Span(note)], SMALL) for note in numbered),
    ]
