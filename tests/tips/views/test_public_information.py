"""The public pages: periods out of the law, a calculator that keeps nothing, rules in words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.rules.money import Money
from casework.rules.parameters import period_parameter
from tests.factories.tips import RECEIVED, a_bureau, a_person
from tests.worked.tables import Row, first_cell, rows_of
from tips.public_information import PERIODS, quotes_shown
from tips.rules.scheme_file import load_schemes
from workflows.now import playing

pytestmark = pytest.mark.django_db
ASKED = {"base": "350000", "scheme": "sichuan", "target": "organisation", "received": "2025-03-12"}


@pytest.fixture(autouse=True)
def moment() -> Any:
    with playing(RECEIVED):
        a_person(
            "intake", "intake_officer", bureau=a_bureau(telephone="0991-8812345", address="人民中路88号")
        )
        yield


@pytest.fixture
def citizen() -> Client:
    return Client(headers={"accept-language": "en"})


def calculated(citizen: Client, **entries: str) -> Any:
    return citizen.post(reverse("tips:reward_information"), {**ASKED, **entries})


def test_the_periods_are_those_of_the_law_on_the_day(citizen: Client) -> None:
    lines = citizen.get(reverse("tips:information")).context["periods"]

    found = [period_parameter(key, on=date(2025, 3, 12), region="demo") for key in PERIODS]
    assert [line.length.split()[0] for line in lines] == [str(one.value) for one in found]
    assert all(line.article or line.is_recalled for line in lines)


def test_the_bureau_can_be_reached(citizen: Client) -> None:
    page = citizen.get(reverse("tips:information")).content.decode()

    assert "0991-8812345" in page and "人民中路88号" in page


@pytest.mark.parametrize("row", rows_of("rewards"), ids=first_cell)
def test_the_calculator_gives_the_worked_examples(row: Row) -> None:
    scheme = load_schemes()[row["scheme"]]
    day = scheme.versions[-1].in_force_to or date(2026, 1, 5)
    found = quotes_shown(
        scheme,
        Money.parse(row["base"]),
        target=row["target"] or "organisation",
        insider=bool(row["insider"]),
        received=day,
    )
    line = next(one for one in found if str(one.level or "") == row["level"])

    assert line.found is not None and line.found.amount == Money.yuan(row["amount"])


def test_the_result_shows_working_source_and_mark_and_keeps_nothing(citizen: Client) -> None:
    answer = calculated(citizen, base="12000000")
    page = answer.content.decode()

    assert "¥115,500.00" in page and "川医保发〔2022〕7号" in page
    assert "to be confirmed (RECALLED)" in page
    assert not citizen.session.keys()
    assert "no-store" in answer["Cache-Control"]


def test_a_scheme_with_levels_shows_each_of_them(citizen: Client) -> None:
    quotes = calculated(citizen, scheme="guangdong", base="80000", insider="on").context["quotes"]

    assert [str(one.found.amount) for one in quotes] == ["2880.00", "1920.00", "960.00"]


@pytest.mark.parametrize(("received", "amount"), [("2022-12-31", "100000.00"), ("2023-01-01", "200000.00")])
def test_the_cap_is_that_of_the_day_of_the_report(citizen: Client, received: str, amount: str) -> None:
    found = calculated(citizen, scheme="default", base="90000000", received=received).context["quotes"]

    assert str(found[0].found.amount) == amount


def test_a_day_without_rules_is_said_in_words(citizen: Client) -> None:
    page = calculated(citizen, scheme="chongqing", received="2020-01-01").content.decode()

    assert "holds for tips received from 2025-08-08 on" in page


@pytest.mark.parametrize(
    ("entries", "field"),
    [({"base": "-1"}, "base"), ({"base": "much"}, "base"), ({"received": ""}, "received")],
)
def test_a_wrong_entry_is_named_and_what_was_typed_stays(
    citizen: Client, entries: dict[str, str], field: str
) -> None:
    answer = calculated(citizen, **entries)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert answer.context["form"]["scheme"].value() == "sichuan"


def test_the_pages_say_when_rules_are_to_be_confirmed(citizen: Client) -> None:
    page = citizen.get(reverse("tips:reward_information")).content.decode()

    assert "At most 200,000 yuan." in page
    assert "has not been compared with the instrument yet" in page
