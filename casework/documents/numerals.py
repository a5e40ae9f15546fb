"""Numbers, dates and amounts as official Chinese documents write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from casework.rules.capital_amount import capital_amount
from casework.rules.money import Money

FIGURES = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """Number from 1 to 99 in Chinese figures, as 十二."""
    if not 0 < number < 100:
        raise ValueError("ordinals run from 1 to 99")
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{FIGURES[tens]}十")
    return head + (FIGURES[ones] if ones else "")


def chinese_date(day: date) -> str:
    """Civil date as 2026年11月22日 (GB/T 9704: Arabic figures, no leading zero)."""
    return f"{day.year}年{day.month}月{day.day}日"


def amount_in_words(amount: Decimal) -> str:
    """Amount in figures and capitals, as 54,000.00元（大写：人民币伍万肆仟元整）."""
    return f"{plain_amount(amount)}元（大写：{capital_amount(Money(amount))}）"


def plain_amount(amount: Decimal) -> str:
    """Amount in yuan with separators and two places, as 1,234,567.80."""
    return f"{Money(amount).amount:,.2f}"
