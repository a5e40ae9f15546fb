"""Dates, ranges and calendars as people write them."""

from datetime import date, datetime

import pytest

from workflows.rules.calendar import SHANGHAI
from workflows.rules.texts import Refused, text
from workflows.rules.written import read_day, read_day_or_moment, read_pause, read_year_tables


@pytest.mark.parametrize(
    "written", ["2025-02-30", "20250703", "3.7.2025", "", "2025-07-03x", "1700-01-01", "２０２５-07-03"]
)
def test_a_bad_day_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_day(written)

    assert f"“{written}”" in str(refusal.value)


@pytest.mark.parametrize("written", ["2025-07-03T25:00", "2025-07-03T10:30garbage"])
def test_a_bad_moment_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(Refused, match="moment"):
        read_day_or_moment(written)


def test_a_moment_without_offset_is_shanghai_time() -> None:
    assert read_day_or_moment("2025-07-03T10:30") == datetime(2025, 7, 3, 10, 30, tzinfo=SHANGHAI)
    assert read_day_or_moment("2025-07-03T02:30+00:00") == datetime(2025, 7, 3, 10, 30, tzinfo=SHANGHAI)
    assert read_day_or_moment("2025-07-03") == date(2025, 7, 3)


def test_a_pause_is_a_range_or_one_day() -> None:
    assert read_pause("2025-07-03..2025-07-05").last == date(2025, 7, 5)
    assert read_pause("2025-07-03").last == date(2025, 7, 3)
    with pytest.raises(Refused, match="before"):
        read_pause("2025-07-03..2025-07-01")


def test_a_calendar_file_becomes_year_tables() -> None:
    (table,) = read_year_tables("date,kind,name\n2027-01-01,holiday,元旦\n2027-01-03,workday\n\n")

    assert table.year == 2027
    assert table.holidays == {date(2027, 1, 1)}
    assert table.worked == {date(2027, 1, 3)}


@pytest.mark.parametrize("written", ["", "date,kind\n", "2027-01-01\n", "2027-01-01,off\n", "x,holiday\n"])
def test_a_bad_calendar_file_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        read_year_tables(written)


def test_a_text_is_translated_with_its_parts() -> None:
    found = text("%(a)s and %(b)s", a=text("one"), b=2)

    assert str(found) == "one and 2"
    assert found.render({"%(a)s and %(b)s": "%(a)s与%(b)s", "one": "一"}.__getitem__) == "一与2"
