"""Days and moments in Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from casework.templatetags.dates import civil_date_short, moment_short

LATE_EVENING_UTC = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def test_a_moment_late_in_utc_is_the_next_day_in_shanghai() -> None:
    assert moment_short(LATE_EVENING_UTC) == "2026-11-23 00:30"
    assert civil_date_short(LATE_EVENING_UTC) == "2026-11-23"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        moment_short(datetime(2026, 11, 22, 16, 30))


@pytest.mark.parametrize(("lang", "shown"), [("zh-hans", "2026年3月5日"), ("en", "5 March 2026")])
@pytest.mark.parametrize("day", [date(2026, 3, 5), "2026-03-05"])
def test_civil_date_in_text_follows_the_language(
    day: date | str, lang: str, shown: str, render: Callable[..., str]
) -> None:
    assert render("{{ day|civil_date }}", lang, day=day) == shown


def test_iso_text_with_an_hour_is_shown_in_shanghai() -> None:
    assert moment_short("2026-11-22T16:30:00+00:00") == "2026-11-23 00:30"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_day_shows_nothing(nothing: str | None, render: Callable[..., str]) -> None:
    assert render("{{ v|civil_date }}{{ v|moment }}{% when v %}", v=nothing) == ""


def test_when_is_a_time_element_with_the_machine_form(render: Callable[..., str]) -> None:
    shown = render("{% when v 'day' %}", v=LATE_EVENING_UTC)

    assert shown == '<time datetime="2026-11-23T00:30:00+08:00">2026-11-23</time>'
