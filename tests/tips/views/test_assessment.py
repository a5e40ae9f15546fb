"""The page on which a reward is assessed: the law, what is known, what was typed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework.models import Case
from tests.tips.rewarding import DECIDED, ELIGIBLE, a_paid_case, opened
from tests.tips.working import open_item, staff
from tips.models import Reward, Tip
from tips.rewards.facts import known_facts
from tips.rules.eligibility import POINTS
from workflows.door.commands import claim_item
from workflows.now import playing
from workflows.rules.calendar import SHANGHAI

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def page() -> Any:
    """The officer's browser and the address of the task."""
    people = staff()
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    item = open_item(reward.leading_run, "assess_reward")
    with playing(DECIDED):
        claim_item(item, actor=people["reward_officer"], key="claim", now=DECIDED)
        client = Client(headers={"accept-language": "en"})
        client.force_login(people["reward_officer"])
        yield client, reverse("casework:task", args=[item.pk])


def test_each_point_stands_beside_the_law_and_what_is_known(page: Any) -> None:
    client, address = page
    words = client.get(address).content.decode()

    assert all(point.words_zh in words for point in POINTS)
    assert "Number 1 by time of receipt among 1 tips of this case." in words
    assert "Base: ¥350,000.00." in words and "Not withdrawn." in words
    assert "Earlier cases against the same party: 0." in words
    assert "周举报" not in words


def test_an_answer_that_is_missing_is_named_and_what_was_typed_stays(page: Any) -> None:
    client, address = page
    entries = {**ELIGIBLE, "evidence_found_true": "处罚决定书第三页", "key": "k1"}
    del entries["exclusion_offender"]

    answer = client.post(address, entries)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"exclusion_offender"}
    assert "处罚决定书第三页" in answer.content.decode()


def test_days_are_those_of_shanghai_also_at_two_in_the_morning() -> None:
    reward = opened(a_paid_case(staff()).tip)
    assert reward is not None
    early = datetime(2025, 3, 11, 2, tzinfo=SHANGHAI).astimezone(UTC)
    Tip.objects.filter(pk=reward.tip_id).update(received_at=early, withdrawn_at=early)
    _an_earlier_case(reward.case, filed_on=date(2025, 3, 10))

    with translation.override("en"):
        known = known_facts(Reward.objects.get(pk=reward.pk))

    assert known["withdrawn"] == "Withdrawn on 2025-03-11; the case was decided on 2025-05-11."
    assert known["not_known_before"] == "Earlier cases against the same party: 1."


def _an_earlier_case(case: Case, *, filed_on: date) -> None:
    """Another case against the first party of a case."""
    party = case.parties.get()
    earlier = Case.objects.get(pk=case.pk)
    earlier.pk, earlier.number, earlier.run, earlier.filed_on = None, "earlier", None, filed_on
    earlier._state.adding = True
    earlier.save()
    party.pk, party.case = None, earlier
    party._state.adding = True
    party.save()
