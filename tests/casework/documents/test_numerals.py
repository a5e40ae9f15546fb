"""Numbers as official documents write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.documents.numerals import amount_in_words, chinese_date, ordinal


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_ordinal_is_written_in_chinese_figures(number: int, written: str) -> None:
    assert ordinal(number) == written


@pytest.mark.parametrize("number", [0, 100, -1])
def test_ordinal_outside_its_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        ordinal(number)


def test_date_has_no_leading_zero() -> None:
    assert chinese_date(date(2025, 1, 5)) == "2025年1月5日"


def test_amount_stands_in_figures_and_capitals() -> None:
    assert amount_in_words(Decimal("12000.05")) == "12,000.05元（大写：人民币壹万贰仟元零伍分）"
