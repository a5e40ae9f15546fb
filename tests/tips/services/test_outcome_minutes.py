"""A reward that an outcome raises to the amount of a collective discussion is confirmed with its minutes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.tips.outcomes import LATER, decided, entered, held
from tests.tips.rewarding import a_paid_case, opened, to_notice
from tips.models import Reward
from tips.services.decide_outcome import Minutes
from workflows.errors import Invalid
from workflows.models import JournalEntry
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
MINUTES = Minutes(LATER.date(), "赵负责人、钱主要负责人", "均同意按新案值发放。")
LARGE = "10000000.00"


@pytest.fixture
def reward(people: dict[str, Account]) -> Reward:
    """Approved from 350,000 yuan; ten millions came back: 105,500 yuan by the scheme."""
    found = opened(a_paid_case(people, losses={"350000.00": True, "9650000.00": False}).tip)
    assert found is not None
    to_notice(people, found)
    return found


def test_without_minutes_the_rise_is_refused_and_nothing_changes(people: Any, reward: Reward) -> None:
    outcome = entered(people, reward, LARGE)

    with pytest.raises(Invalid) as refused:
        decided(people, reward, outcome)

    assert refused.value.field == "held_on"
    assert held() == {"reserved": "5750.00", "available": "494250.00"}
    assert not reward.recalculations.exists() and not reward.discussions.exists()


def test_with_minutes_the_rise_stands_and_the_discussion_is_kept(people: Any, reward: Reward) -> None:
    outcome = entered(people, reward, LARGE)

    decided(people, reward, outcome, minutes=MINUTES)

    assert held() == {"reserved": "105500.00", "available": "394500.00"}
    kept = reward.discussions.get()
    assert (kept.amount, kept.is_agreed, kept.participants) == (
        Decimal("105500.00"),
        True,
        MINUTES.participants,
    )
    assert JournalEntry.objects.filter(act="reward_discussed").exists()


def test_a_fall_and_a_smaller_rise_need_none(people: Any, reward: Reward) -> None:
    for base in ("100000.00", "2000000.00"):
        decided(people, reward, entered(people, reward, base))

    assert not reward.discussions.exists()
    assert held()["reserved"] == "25500.00"


def test_the_page_asks_for_the_minutes_where_they_are_needed(people: Any, reward: Reward) -> None:
    small, large = entered(people, reward, "100000.00"), None
    chief = Client(headers={"accept-language": "en"})
    chief.force_login(people["chief"])
    with playing(LATER):
        address = reverse("tips:outcome_decide", args=[small.pk])
        assert b'name="held_on"' not in chief.get(address).content
        decided(people, reward, small)
        large = entered(people, reward, LARGE)
        address = reverse("tips:outcome_decide", args=[large.pk])
        assert b'name="held_on"' in chief.get(address).content
        given = {"decision": "confirm", "participants": "赵负责人", "opinions": "同意。"}
        late = (LATER + timedelta(days=1)).date().isoformat()
        for number, day in enumerate(("", late)):
            assert chief.post(address, {**given, "held_on": day, "key": f"d{number}"}).status_code == 422
        typed = {**given, "held_on": LATER.date().isoformat(), "key": "d3"}
        assert chief.post(address, typed).status_code == 302
    assert reward.discussions.get().participants == "赵负责人"
