"""What a tipster may do who is not satisfied."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.tips import RECEIVED, a_tip
from tips.coming_back.rights import rights_of
from tips.models import Tip
from tips.services.withdraw_tip import withdraw_tip
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
TODAY = civil_date(RECEIVED)


def words(tip: Tip) -> str:
    with translation.override("en"):
        return " ".join(f"{one.word} {one.period}" for one in rights_of(tip, TODAY))


def test_the_periods_come_from_the_dated_law() -> None:
    tip = Tip(is_accepted=True)

    assert "60 calendar days" in words(tip)
    assert "6 months" in words(tip) or "6 month" in words(tip)


def test_ways_that_depend_on_the_outcome_are_shown_only_then() -> None:
    assert "Turn to the authority" in words(Tip(is_accepted=False))
    assert "Report again" in words(Tip(is_accepted=True, is_filed=False))
    assert "Report again" not in words(Tip(is_accepted=True))


def test_what_is_our_reading_is_marked() -> None:
    assert all(one.mark for one in rights_of(Tip(), TODAY) if one.period)


def test_the_page_is_reached_from_the_report(client: Client) -> None:
    caches["short_lived"].clear()
    filed = a_tip()
    client.post(reverse("tips:follow"), {"code": filed.code})
    url = reverse("tips:report_rights")

    assert url in client.get(reverse("tips:report_status")).content.decode()
    assert "RECALLED" in client.get(url).content.decode()


def test_withdrawing_is_explained_and_then_told(client: Client) -> None:
    caches["short_lived"].clear()
    filed = a_tip()
    client.post(reverse("tips:follow"), {"code": filed.code})
    assert "RECALLED" in client.get(reverse("tips:report_withdraw")).content.decode()
    withdraw_tip(filed.tip, key="w", now=RECEIVED)

    html = client.get(reverse("tips:report_status")).content.decode()

    assert reverse("tips:report_withdraw") not in html
