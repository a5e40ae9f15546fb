"""A real-name tipster whom no machine reaches is told by a person; the claim period begins on the day of receipt."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from casework.errors import FormRefused
from casework.models import Account, Document
from casework.task_pages import perform_task
from tests.factories.tips import a_filing, a_real_name_filing
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice
from tests.tips.working import open_item
from tips.errors import NoticeDayWrong
from tips.models import IdentityOpening, Reward, RewardNotice
from tips.services.claim_reward import CLAIMED, claim_reward
from tips.words import Identity, Payee
from workflows.background.relay import drain
from workflows.background.timers import fire_batch
from workflows.errors import DutyConflict
from workflows.models import Clock, JournalEntry, LaneMember
from workflows.now import playing
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
TASK = "deliver_reward_notice"
NAME, ADDRESS = "周举报", "云河市柳荫街7号"


def by_post(people: dict[str, Account], **more: Any) -> Reward:
    """A reward of somebody who gave an address and nothing else."""
    identity = Identity(name=NAME, address=ADDRESS, **more)
    reward = opened(a_paid_case(people, a_real_name_filing(identity=identity)).tip)
    assert reward is not None
    to_notice(people, reward)
    return Reward.objects.select_related("run", "tip").get(pk=reward.pk)


def note(
    people: dict[str, Account], reward: Reward, days: int, who: str = "identity_officer", **given: Any
) -> None:
    now = DECIDED + timedelta(days=days)
    item = open_item(reward.leading_run, TASK)
    data = {"result": "reached", "way": "letter", "day": civil_date(now).isoformat(), **given}
    with playing(now):
        perform_task(actor=people[who], item=item, data=data, key=str(uuid4()), now=now)
    drain(now)


def claim_clock(reward: Reward) -> Clock | None:
    return Clock.objects.filter(run=reward.run_id, rule_key="reward_claim").first()


def test_the_period_is_counted_from_the_day_of_receipt(people: dict[str, Account]) -> None:
    reward = by_post(people)
    mail.outbox = []
    notice = Clock.objects.get(run=reward.run_id, rule_key="reward_notify")
    assert (notice.ended_at, reward.notified_at, claim_clock(reward)) == (None, None, None)

    received = civil_date(DECIDED + timedelta(days=6))
    note(people, reward, 9, day=received.isoformat())

    clock = claim_clock(reward)
    assert clock is not None
    assert civil_date(clock.starts_at) == received
    notice.refresh_from_db()
    reward.refresh_from_db()
    assert notice.ended_at == DECIDED + timedelta(days=9) == reward.notified_at
    assert not mail.outbox
    entry = JournalEntry.objects.get(act="reward_notice_delivered")
    assert (entry.actor, entry.details["day"]) == (people["identity_officer"], received.isoformat())


@pytest.mark.parametrize(
    "filing",
    [lambda: a_real_name_filing(), lambda: a_filing(wants_reward=True, pin="408261")],
    ids=["e-mail", "anonymous"],
)
def test_whom_a_machine_reaches_needs_nobody(people: dict[str, Account], filing: Any) -> None:
    reward = opened(a_paid_case(people, filing()).tip)
    assert reward is not None
    to_notice(people, reward)

    clock = claim_clock(reward)
    assert clock is not None
    assert civil_date(clock.starts_at) == civil_date(DECIDED)
    assert Clock.objects.get(run=reward.run_id, rule_key="reward_notify").ended_at == DECIDED


def test_attempts_that_fail_are_noted_and_nothing_lapses_meanwhile(people: dict[str, Account]) -> None:
    reward = by_post(people, telephone="13900005678")
    note(people, reward, 1, result="missed", way="telephone", remark="无人接听")
    note(people, reward, 80, result="missed", way="letter", remark="退信")
    fire_batch(DECIDED + timedelta(days=80))

    reward.refresh_from_db()
    assert (reward.lapsed_at, reward.notified_at, claim_clock(reward)) == (None, None, None)
    assert open_item(reward.leading_run, TASK)
    assert [one.is_reached for one in RewardNotice.objects.all()] == [False, False]
    assert JournalEntry.objects.filter(act="reward_notice_missed").count() == 2


def test_a_day_that_cannot_be_is_refused(people: dict[str, Account]) -> None:
    reward = by_post(people)
    with pytest.raises(FormRefused):
        note(people, reward, 1, day=civil_date(DECIDED + timedelta(days=2)).isoformat())
    with pytest.raises(NoticeDayWrong):
        note(people, reward, 1, day=civil_date(DECIDED - timedelta(days=1)).isoformat())
    with pytest.raises(FormRefused):
        note(people, reward, 1, way="")
    assert not RewardNotice.objects.exists()


def test_the_letter_names_claim_and_amount_and_neither_person_nor_matter(people: dict[str, Account]) -> None:
    reward = by_post(people)
    for _ in range(2):
        note(people, reward, 1, result="letter")

    letter = Document.objects.get(kind="reward_notice")
    words = str(letter.context)
    assert reward.claim_number in words and str(reward.amount) in words and "2个月" in words
    for told in (NAME, ADDRESS, reward.tip.number, "康宁", "虚记"):
        assert told not in words
    assert open_item(reward.leading_run, TASK)


def test_whoever_claims_first_needs_no_notice(people: dict[str, Account]) -> None:
    reward = by_post(people)
    day = DECIDED + timedelta(days=50)
    claim_reward(reward, Payee(**PAYEE), key="c", now=day)

    assert Clock.objects.get(run=reward.run_id, rule_key="reward_notify").ended_at == day
    item = open_item(reward.leading_run, "confirm_identity")
    facts = {"identity": "refused", "reasons": "户名不符"}
    perform_task(actor=people["identity_officer"], item=item, data=facts, key="r", now=day)
    drain(day)

    clock = claim_clock(reward)
    assert clock is not None
    assert civil_date(clock.starts_at) == civil_date(day)


def test_only_the_officer_outside_the_case_sees_the_contact_and_each_look_is_noted(people: Any) -> None:
    reward = by_post(people)
    item = open_item(reward.leading_run, TASK)
    address = reverse("casework:task", args=[item.pk])
    client = Client(headers={"accept-language": "en"})
    for other in ("reward_officer", "handler", "finance"):
        client.force_login(people[other])
        with playing(DECIDED):
            page = client.get(address)
        assert ADDRESS not in page.content.decode()
    client.force_login(people["identity_officer"])
    with playing(DECIDED):
        client.post(reverse("casework:claim", args=[item.pk]), {"key": "take"})
        shown = client.get(address).content.decode()

    assert NAME in shown and ADDRESS in shown and "康宁" not in shown
    look = IdentityOpening.objects.get(purpose=TASK)
    assert (look.opened_by, look.work_item_id) == (people["identity_officer"], item.pk)


def test_who_handled_the_matter_does_not_deliver(people: dict[str, Account]) -> None:
    reward = by_post(people)
    LaneMember.objects.create(
        account=people["handler"],
        lane="identity_officer",
        unit_id=reward.bureau_id,
        starts_at=DECIDED - timedelta(days=900),
    )
    with pytest.raises(DutyConflict):
        note(people, reward, 1, who="handler")


def test_a_reward_under_an_earlier_process_goes_on_without_the_task(
    people: dict[str, Account], monkeypatch: Any
) -> None:
    from tips.operations import handling

    monkeypatch.setattr(handling, "has_person_for_notices", lambda run: False)
    reward = by_post(people)

    assert reward.notified_at == DECIDED
    run = reward.leading_run
    assert {one.element_id for one in run.subscriptions.filter(message=CLAIMED)} == {"await_claim"}
    clock = claim_clock(reward)
    assert clock is not None
    assert civil_date(clock.starts_at) == civil_date(DECIDED)
