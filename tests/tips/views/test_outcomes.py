"""Pages of outcomes: enter, confirm, refuse, the figures before and after; what the tipster reads says nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.tips.outcomes import FIRST, LATER, MORE, a_reward, confirmed, entered
from tests.tips.rewarding import a_paid_case, opened, to_bank, to_confirmed, to_notice
from tests.tips.working import staff
from tips.models import CaseOutcome, Reward
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
TYPED = {
    "kind": "suit",
    "deciding_body": "云河市中级人民法院",
    "document_number": "（2025）云01行终3号",
    "decided_on": LATER.date().isoformat(),
    "result": "amount",
    "base_amount": "100000.00",
    "reasons": "判决认定部分金额证据不足。",
    "key": "k",
}


@pytest.fixture
def people() -> Any:
    with playing(LATER):
        yield staff()


@pytest.fixture
def reward(people: dict[str, Account]) -> Reward:
    reward = a_reward(people)
    to_notice(people, reward)
    return reward


def browser(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def page_of(reward: Reward) -> str:
    return reverse("tips:reward", args=[reward.pk])


def test_one_enters_another_confirms_and_both_read_the_figures(people: Any, reward: Reward) -> None:
    officer, chief = browser(people["reward_officer"]), browser(people["chief"])
    enter = reverse("tips:outcome_enter", args=[reward.pk])
    assert enter in officer.get(page_of(reward)).content.decode()
    assert "¥450,000.00" in officer.get(enter).content.decode()

    assert officer.post(enter, TYPED).status_code == 302
    outcome = CaseOutcome.objects.get()
    decide = reverse("tips:outcome_decide", args=[outcome.pk])
    assert decide not in officer.get(page_of(reward)).content.decode()
    assert reward.claim_number in chief.get(reverse("tips:rewards")).content.decode()
    assert "（2025）云01行终3号" in chief.get(decide).content.decode()
    assert chief.post(decide, {"decision": "confirm", "key": "d"}).status_code == 302

    words = officer.get(page_of(reward)).content.decode()
    assert all(figure in words for figure in ("¥350,000.00", "¥100,000.00", "¥5,750.00", "¥2,000.00"))
    assert "An outcome of a review or suit was entered" in words and "The reward was computed again" in words


def test_what_is_wrong_is_named_and_what_was_typed_stays(people: Any, reward: Reward) -> None:
    officer = browser(people["reward_officer"])
    address = reverse("tips:outcome_enter", args=[reward.pk])

    too_much = officer.post(address, {**TYPED, "base_amount": "450000.01"})
    none = officer.post(address, {**TYPED, "base_amount": ""})

    assert (too_much.status_code, none.status_code) == (422, 422)
    assert "only ¥450,000.00 comes back" in too_much.content.decode()
    assert "云河市中级人民法院" in too_much.content.decode()
    assert "choose that the decision is revoked" in none.content.decode()
    assert not CaseOutcome.objects.exists()


def test_a_refusal_needs_reasons(people: Any, reward: Reward) -> None:
    address = reverse("tips:outcome_decide", args=[entered(people, reward, None).pk])
    chief = browser(people["chief"])

    assert chief.post(address, {"decision": "refuse", "key": "a"}).status_code == 422
    assert chief.post(address, {"decision": "refuse", "reasons": "文号不符", "key": "b"}).status_code == 302
    assert "文号不符" in chief.get(page_of(reward)).content.decode()
    assert "文号不符" in chief.get(address).content.decode()


def test_a_second_outcome_is_not_asked_for_while_one_waits(people: Any, reward: Reward) -> None:
    entered(people, reward, None)

    words = browser(people["reward_officer"]).get(reverse("tips:outcome_enter", args=[reward.pk]))

    assert "waits to be confirmed" in words.content.decode()
    assert b'<form method="post" novalidate' not in words.content


@pytest.mark.parametrize("who", ["leader", "auditor", "finance", "handler", "identity_officer"])
def test_only_the_reward_officer_enters(people: Any, reward: Reward, who: str) -> None:
    address = reverse("tips:outcome_enter", args=[reward.pk])
    assert browser(people[who]).get(address).status_code == 404
    assert browser(people[who]).post(address, TYPED).status_code == 404


@pytest.mark.parametrize("who", ["reward_officer", "auditor", "finance", "handler", "identity_officer"])
def test_only_leader_and_chief_decide(people: Any, reward: Reward, who: str) -> None:
    address = reverse("tips:outcome_decide", args=[entered(people, reward, None).pk])
    assert browser(people[who]).get(address).status_code == 404
    assert browser(people[who]).post(address, {"decision": "confirm"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_are_whole_in_both_languages(people: Any, reward: Reward, language: str) -> None:
    confirmed(people, reward, "100000.00")
    waiting = entered(people, reward, None)
    chief, officer = browser(people["chief"], language), browser(people["reward_officer"], language)
    addresses = [page_of(reward), reverse("tips:outcome_decide", args=[waiting.pk])]

    words = [chief.get(address).content.decode() for address in addresses]
    words.append(officer.get(reverse("tips:outcome_enter", args=[reward.pk])).content.decode())

    wanted = "Outcomes of reviews and suits" if language == "en" else "行政复议和诉讼结果"
    assert wanted in words[0]
    assert ("变更后的查实金额" in words[1]) is (language != "en")


def test_whoever_confirms_sees_beforehand_what_would_follow(people: Any, reward: Reward) -> None:
    address = reverse("tips:outcome_decide", args=[entered(people, reward, "100000.00").pk])

    words = browser(people["chief"]).get(address).content.decode()

    assert "What a confirmation would make of the reward" in words
    assert "¥5,750.00" in words and "¥2,000.00" in words
    assert not reward.recalculations.exists()


def test_a_payment_on_its_way_is_named_before_the_confirmation_is_tried(people: Any, reward: Reward) -> None:
    to_confirmed(people, reward)
    to_bank(people, reward)
    address = reverse("tips:outcome_decide", args=[entered(people, reward, "100000.00").pk])
    chief = browser(people["chief"])

    assert "Confirm the outcome when the bank has answered" in chief.get(address).content.decode()
    refused = chief.post(address, {"decision": "confirm", "key": "d"})
    assert refused.status_code == 422
    assert "Confirm the outcome when the bank has answered" in refused.content.decode()


@pytest.mark.parametrize(
    ("base", "told"), [("100000.00", "¥2,000.00"), (None, "nothing is to be paid any more")]
)
def test_the_tipster_reads_the_new_amount_and_nothing_of_the_case(
    people: Any, base: str | None, told: str
) -> None:
    filed = a_paid_case(people, losses={FIRST: True, MORE: False})
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    confirmed(people, reward, base)
    tipster = Client(headers={"accept-language": "en"})
    tipster.post(reverse("tips:follow"), {"code": filed.code})

    words = tipster.get(reverse("tips:report_status")).content.decode()

    assert "was computed again" in words and told in words
    assert not [one for one in ("云政复决", "云河市人民政府", "revoked", "复议机关") if one in words]
