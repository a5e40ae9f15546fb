"""Amounts as people read them: exact to the fen in text, in ten thousands in overviews."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()
FEN = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)
MINUS = "\N{MINUS SIGN}"


def _decimal(value: Any) -> Decimal:
    """Yuan out of a Decimal, an int or a money object; a float is refused because it has lost fen already."""
    value = getattr(value, "amount", value)
    if isinstance(value, float):
        raise TypeError("Money must not be a float.")
    return Decimal(value)


def _signed(amount: Decimal, shown: str) -> str:
    return f"{MINUS if amount < 0 else ''}{shown}"


@register.filter
def yuan(value: Any) -> str:
    """¥1,234,567.89; an empty string for no value."""
    if value is None or value == "":
        return ""
    amount = _decimal(value).quantize(FEN, ROUND_HALF_UP)
    return _signed(amount, f"¥{abs(amount):,.2f}")


@register.filter
def from_fen(value: int | None) -> Decimal | None:
    """Yuan out of an integer amount in fen, as process data carries it."""
    return None if value is None else (Decimal(value) / 100).quantize(FEN)


@register.filter
def wan(value: Any) -> str:
    """123.46万元 for overviews, half up; in English thousands of yuan (¥1,234.6k).

    Below 100 yuan the exact amount stands, which would round to nothing.
    """
    if value is None or value == "":
        return ""
    amount = _decimal(value)
    if abs(amount) < 100:
        return yuan(amount)
    if (get_language() or "").startswith("zh"):
        return _signed(amount, f"{(abs(amount) / TEN_THOUSAND).quantize(FEN, ROUND_HALF_UP):,}万元")
    return _signed(amount, f"¥{(abs(amount) / 1000).quantize(Decimal('0.1'), ROUND_HALF_UP):,}k")


@register.simple_tag
def money(value: Any, unit: str = "yuan") -> SafeString:
    """An amount in tabular figures; `unit` is yuan, fen (process data) or wan (overview, exact on hover)."""
    if value is None or value == "":
        return format_html('<span class="fg-muted">{}</span>', gettext("no amount"))
    amount = from_fen(value) if unit == "fen" else value
    if unit == "wan":
        return format_html('<span class="fg-money" title="{}">{}</span>', yuan(amount), wan(amount))
    return format_html('<span class="fg-money">{}</span>', yuan(amount))
