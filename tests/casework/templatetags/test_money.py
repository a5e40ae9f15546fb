"""Amounts as people read them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from casework.rules.money import Money
from casework.templatetags.money import from_fen, wan, yuan


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("1234567.89"), "¥1,234,567.89"),
        (Decimal("0"), "¥0.00"),
        (Decimal("-0.5"), "\N{MINUS SIGN}¥0.50"),
        (12, "¥12.00"),
        (None, ""),
    ],
)
def test_yuan_shows_thousands_and_fen(value: Decimal | int | None, shown: str) -> None:
    assert yuan(value) == shown


def test_yuan_refuses_a_float() -> None:
    with pytest.raises(TypeError):
        yuan(0.1)


def test_from_fen_is_exact() -> None:
    assert from_fen(1234567) == Decimal("12345.67")


@pytest.mark.parametrize(
    ("lang", "shown"), [("zh-hans", ("123.46万元", "¥99.99")), ("en", ("¥1,234.6k", "¥99.99"))]
)
def test_wan_rounds_half_up_and_keeps_small_amounts_exact(
    lang: str, shown: tuple[str, str], render: Callable[..., str]
) -> None:
    large, small = Decimal("1234550.00"), Decimal("99.99")

    assert (render("{{ v|wan }}", lang, v=large), render("{{ v|wan }}", lang, v=small)) == shown


def test_wan_without_context_language_still_answers() -> None:
    assert wan(None) == ""


def test_money_tag_says_when_there_is_no_amount(render: Callable[..., str]) -> None:
    assert "no amount" in render("{% money v %}", v=None)


def test_money_tag_keeps_the_exact_amount_beside_the_overview(render: Callable[..., str]) -> None:
    assert 'title="¥1,234,567.89"' in render("{% money v 'wan' %}", v=Decimal("1234567.89"))


def test_money_tag_reads_fen(render: Callable[..., str]) -> None:
    assert "¥12,345.67" in render("{% money 1234567 'fen' %}")


def test_yuan_shows_a_money_object() -> None:
    assert yuan(Money.yuan(1234)) == "¥1,234.00"
