"""Filters for document templates: values become official Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.template import Library
from django.utils.safestring import SafeString

from casework.documents import numerals
from casework.documents.markup import escape
from casework.documents.words import WORDS

register = Library()


@register.filter
def yuan(amount: Decimal) -> str:
    """54,000.00元"""
    return f"{numerals.plain_amount(amount)}元"


@register.filter
def figures(amount: Decimal) -> str:
    """54,000.00, for columns that name the unit."""
    return numerals.plain_amount(amount)


@register.filter
def capitals(amount: Decimal) -> str:
    """54,000.00元（大写：人民币伍万肆仟元整）"""
    return numerals.amount_in_words(amount)


@register.filter
def day(value: date | None) -> str:
    """2026年11月22日, or blanks to fill in by hand."""
    return numerals.chinese_date(value) if value else "　　年　月　日"


@register.filter
def number(value: int) -> str:
    """Plain figures, without the separators of a locale."""
    return str(int(value))


@register.filter
def ordinal(value: int) -> str:
    """十二"""
    return numerals.ordinal(int(value))


@register.filter
def paragraphs(value: str) -> SafeString:
    """Each line of a value as a paragraph of its own."""
    return SafeString("\n\n".join(escape(line) for line in value.splitlines() if line.strip()))


@register.filter
def listed(values: Iterable[str]) -> SafeString:
    """甲、乙、丙"""
    return SafeString("、".join(escape(value) for value in values))


@register.filter
def joined(values: Iterable[str]) -> SafeString:
    """甲；乙；丙"""
    return SafeString("；".join(escape(value.rstrip("。；")) for value in values))


@register.filter
def clause(value: str) -> SafeString:
    """A sentence without the mark at its end, to stand inside another one."""
    return escape(value.rstrip("。；. "))


@register.filter
def word(code: str, table: str) -> str:
    """The Chinese word for a code; a code without a word is a mistake and surfaces as KeyError."""
    return WORDS[table][code]


@register.filter
def box(checked: bool) -> str:
    """■ or □"""
    return "■" if checked else "□"
