"""The page on which a reward is assessed: the law, what is known, what was typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tips.rewarding import DECIDED, ELIGIBLE, a_paid_case, opened
from tests.tips.working import open_item, staff
from tips.rules.eligibility import POINTS
from workflows.door.commands import claim_item
from workflows.now import playing

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
