"""The file for the bank and the bank's answers, as text: no word of a tip, a case or a reward."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

from casework.rules.money import Money, total
from tips.rules.cells import is_plain
from workflows.rules.texts import Refused, gettext_noop, text

FILE = Path(__file__).parent / "data" / "bank_layouts.yaml"
COLUMNS = ("position", "reference", "name", "account", "bank", "amount", "purpose")
PAID, RETURNED = "paid", "returned"
WORDS = {"paid": PAID, "已付": PAID, "成功": PAID, "returned": RETURNED, "退回": RETURNED, "失败": RETURNED}
MOST_ROWS = 5000


class BadAnswers(Refused):
    """The bank's file cannot be read; nothing of it was used."""


class BadTransfer(Refused):
    """A payment holds what must not stand in a file; no file was made."""


@dataclass(frozen=True)
class Layout:
    """How a bank wants its file."""

    key: str
    title: str
    encoding: str
    separator: str
    heading: tuple[str, ...]
    columns: tuple[str, ...]
    purpose: str
    totals: bool


@dataclass(frozen=True)
class Transfer:
    """One payment as the bank needs it."""

    position: int
    reference: str
    name: str
    account: str
    bank: str
    amount: Decimal


@dataclass(frozen=True)
class Answer:
    """What the bank did with one payment."""

    reference: str
    result: str
    on: date
    voucher: str
    ground: str = ""


@lru_cache(maxsize=1)
def layouts() -> dict[str, Layout]:
    """The layouts of the data file. Raises: ValueError for a column that nobody knows."""
    loaded = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = {
        key: Layout(key, **{**raw, "heading": tuple(raw["heading"]), "columns": tuple(raw["columns"])})
        for key, raw in loaded.items()
    }
    for layout in found.values():
        if not set(layout.columns) <= set(COLUMNS) or len(layout.separator) != 1:
            raise ValueError(f"the layout {layout.key} names a column or a separator that is none")
    return found


def written(layout: Layout, transfers: Sequence[Transfer]) -> bytes:
    """The file. A separator within a field is quoted; formulas, line ends and what the encoding lacks are refused.

    Raises: BadTransfer, UnicodeEncodeError.
    """
    target = io.StringIO()
    rows = csv.writer(target, delimiter=layout.separator, lineterminator="\r\n")
    if layout.heading:
        rows.writerow(layout.heading)
    for one in transfers:
        _check(one)
        facts = {**vars(one), "amount": f"{one.amount:.2f}", "purpose": layout.purpose}
        rows.writerow([facts[column] for column in layout.columns])
    if layout.totals:
        amount = total(Money(one.amount) for one in transfers)
        rows.writerow(["合计", f"{len(transfers)}笔", *[""] * (len(layout.columns) - 4), f"{amount}", ""])
    return target.getvalue().encode(layout.encoding)


def _check(one: Transfer) -> None:
    if not all(is_plain(value) for value in (one.reference, one.name, one.account, one.bank)):
        sentence = gettext_noop("%(reference)s: the payee's details hold signs that no file may carry.")
        raise BadTransfer("not_plain", text(sentence, reference=one.reference))


def answers(content: bytes) -> list[Answer]:
    """The bank's answers: reference, result, day, voucher and, for a return, its ground. A heading may stand first.

    Raises: BadAnswers with the number of the line.
    """
    found: list[Answer] = []
    for number, row in enumerate(csv.reader(io.StringIO(_decoded(content))), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and len(cells) > 1 and cells[1].lower() not in WORDS):
            continue
        found.append(_answer(number, cells))
        if len(found) > MOST_ROWS:
            raise _bad(number, gettext_noop("Line %(number)s: more than 5,000 answers; split the file."))
    references = [one.reference for one in found]
    twice = next((one for one in references if references.count(one) > 1), None)
    if twice:
        raise BadAnswers("twice", text(gettext_noop("%(reference)s stands there twice."), reference=twice))
    vouchers = [one.voucher for one in found if one.result == PAID]
    twice = next((one for one in vouchers if vouchers.count(one) > 1), None)
    if twice:
        sentence = gettext_noop("The voucher %(voucher)s stands on two payments.")
        raise BadAnswers("voucher_twice", text(sentence, voucher=twice))
    if not found:
        raise BadAnswers("empty", text(gettext_noop("The file holds no answer.")))
    return found


def _answer(number: int, cells: list[str]) -> Answer:
    if len(cells) < 4:
        raise _bad(number, gettext_noop("Line %(number)s: reference, result, day and voucher are needed."))
    result = WORDS.get(cells[1].lower())
    if result is None:
        raise _bad(number, gettext_noop("Line %(number)s: the result is “paid” (已付) or “returned” (退回)."))
    try:
        on = date.fromisoformat(cells[2].replace("/", "-"))
    except ValueError:
        raise _bad(number, gettext_noop("Line %(number)s: the day is written like 2025-05-22.")) from None
    if not cells[0] or not cells[3]:
        raise _bad(number, gettext_noop("Line %(number)s: reference, result, day and voucher are needed."))
    return Answer(cells[0], result, on, cells[3][:64], cells[4] if len(cells) > 4 else "")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadAnswers("encoding", text(gettext_noop("The file is no text in UTF-8 or GB 18030.")))


def _bad(number: int, template: str) -> BadAnswers:
    return BadAnswers("bad_line", text(template, number=number))
