"""Money is exact."""

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.capital_amount import capital_amount
from casework.rules.money import BadAmount, Money, total

fen = st.integers(-(10**14) + 1, 10**14 - 1)


@settings(deadline=None)
@given(fen)
def test_money_and_fen_are_the_same_thing(amount: int) -> None:
    assert Money.from_fen(amount).fen == amount
    assert Money.yuan(str(Money.from_fen(amount))) == Money.from_fen(amount)


@pytest.mark.parametrize("value", [0.1, 1, "1"])
def test_money_takes_decimals_only(value: object) -> None:
    with pytest.raises(TypeError):
        Money(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["0.001", "NaN", "Infinity", "1000000000000"])
def test_money_refuses_what_is_no_amount(value: str) -> None:
    with pytest.raises(ValueError):
        Money(Decimal(value))


def test_fen_and_factors_are_never_floats() -> None:
    with pytest.raises(TypeError):
        Money.from_fen(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money.yuan(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money.yuan("1").times(0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "amount"),
    [("54000", "54000.00"), ("54,000.5", "54000.50"), (" 0.05 ", "0.05"), ("0", "0.00")],
)
def test_amounts_are_read_as_people_write_them(written: str, amount: str) -> None:
    assert str(Money.parse(written)) == amount


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("-5", "negative"),
        ("－5", "negative"),
        ("1.005", "two decimal places"),
        ("1e5", "not an amount"),
        ("54.000,00", "not an amount"),
        ("1,00", "not an amount"),
        ("", "not an amount"),
        ("５４", "not an amount"),
        ("NaN", "not an amount"),
        ("1000000000000", "more than"),
        ("9" * 40 + ".999", "more than"),
    ],
)
def test_bad_amounts_are_refused_with_a_sentence(written: str, reason: str) -> None:
    with pytest.raises(BadAmount, match=reason):
        Money.parse(written)


def test_rounding_is_half_up_unless_named() -> None:
    assert Money.rounded(Decimal("0.005")) == Money.yuan("0.01")
    assert Money.rounded(Decimal("0.025")) == Money.yuan("0.03")
    assert Money.rounded(Decimal("0.029"), ROUND_DOWN) == Money.yuan("0.02")
    assert Money.yuan("0.03").times(Decimal("0.5")) == Money.yuan("0.02")


def test_money_adds_compares_and_shows_itself() -> None:
    assert total([Money.yuan("0.10"), Money.yuan("0.20")]) == Money.yuan("0.30")
    assert Money.yuan("1") - Money.yuan("3") == -Money.yuan("2")
    assert Money.yuan("2") > Money.yuan("1.99")
    assert not Money.yuan(0)
    assert Money.yuan("-1234.5").symbol() == "-¥1,234.50"
    assert Money.yuan(54000).wan() == "5.4万元"


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("10.05", "人民币壹拾元零伍分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("107000", "人民币壹拾万柒仟元整"),
        ("1000100.01", "人民币壹佰万零壹佰元零壹分"),
        ("101000", "人民币壹拾万壹仟元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("20003000", "人民币贰仟万叁仟元整"),
        ("-54000", "负人民币伍万肆仟元整"),
    ],
)
def test_amounts_are_spelled_in_capital_characters(yuan: str, words: str) -> None:
    assert capital_amount(Money.yuan(yuan)) == words


@settings(deadline=None)
@given(st.integers(0, 10**14 - 1))
def test_a_spelled_amount_can_be_read_back(amount: int) -> None:
    assert read_back(capital_amount(Money.from_fen(amount))) == amount


def read_back(words: str) -> int:
    """Read capital characters by another way than they are written."""
    yuan, __, rest = words.removeprefix("人民币").removesuffix("整").rpartition("元")
    value, group, digit = 0, 0, 0
    for character in yuan:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            group, digit = group + digit * 10 ** ("拾佰仟".index(character) + 1), 0
        else:
            value, group, digit = value + (group + digit) * 10 ** (4 if character == "万" else 8), 0, 0
    cents = sum(
        "零壹贰叁肆伍陆柒捌玖".index(rest[at - 1]) * worth
        for mark, worth in (("角", 10), ("分", 1))
        if (at := rest.find(mark)) > 0
    )
    return (value + group + digit) * 100 + cents
