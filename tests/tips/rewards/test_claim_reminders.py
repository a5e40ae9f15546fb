"""Reminders 30, 14 and 3 days before the period for a claim ends: each once, by message or on the page."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories.tips import a_filing
from tests.tips.rewarding import (
    DECIDED,
    PAYEE,
    RETURNED,
    a_paid_case,
    opened,
    to_bank,
    to_confirmed,
    to_notice,
    work,
)
from tips.coming_back import messages
from tips.models import ClaimReminder, Reward
from tips.rewards.claim_reminders import remind_of_claims
from tips.sealing import contents
from tips.selectors import thread
from tips.services.claim_reward import claim_reward, give_up_reward
from tips.services.file_tip import FiledTip
from tips.services.withdraw_tip import withdraw_tip
from tips.words import Payee
from workflows.background.relay import drain
from workflows.models import Clock, JournalEntry
from workflows.now import playing
from workflows.rules.calendar import SHANGHAI, civil_date

pytestmark = pytest.mark.usefixtures("models")


def told(people, filing=None) -> tuple[FiledTip, Reward]:  # type: ignore[no-untyped-def]
    """A tip whose reward waits to be claimed."""
    filed = a_paid_case(people, filing)
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    reward.refresh_from_db()
    return filed, reward


def before_the_end(reward: Reward, days: int, key: str = "reward_claim") -> datetime:
    """Ten in the morning, so many days before the last one."""
    last = civil_date(Clock.objects.get(run=reward.run_id, rule_key=key, ended_at=None).due_at)
    return datetime.combine(last - timedelta(days=days), time(10), SHANGHAI)


def every_day(reward: Reward, key: str = "reward_claim") -> list[int]:
    """Let the watch look on each day twice; the numbers of days left when something was given."""
    given = []
    for days in range(62, -3, -1):
        now = before_the_end(reward, days, key)
        if now > DECIDED and remind_of_claims(now):
            given.append(days)
            assert remind_of_claims(now + timedelta(hours=1)) == 0
            drain(now)
    return given


def words_of(filed: FiledTip) -> list[str]:
    key = contents.content_key(filed.tip)
    return [messages.read(one, key).text for one in thread(filed.tip)]


def page_of(filed: FiledTip, now: datetime, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    with playing(now):
        client.post(reverse("tips:follow"), {"code": filed.code})
        return client.get(reverse("tips:report_status")).content.decode()


def test_whoever_gave_a_name_is_written_to_three_times_and_mailed_without_content(people) -> None:
    filed, reward = told(people)
    mail.outbox.clear()

    assert every_day(reward) == [30, 14, 3]

    reminders = [words for words in words_of(filed) if words.startswith("提醒")]
    assert len(reminders) == 3
    assert all("5,750.00" in words and reward.claim_number in words for words in reminders)
    assert len(mail.outbox) == 3
    assert not [one for one in mail.outbox if reward.claim_number in one.body or "5,750" in one.body]
    assert set(ClaimReminder.objects.values_list("way", flat=True)) == {"message"}


def test_whoever_stays_unknown_is_told_on_the_page_alone(people) -> None:
    filed, reward = told(people, a_filing(wants_reward=True))
    mail.outbox.clear()
    before = len(words_of(filed))

    assert every_day(reward) == [30, 14, 3]

    assert len(words_of(filed)) == before
    assert mail.outbox == []
    assert set(ClaimReminder.objects.values_list("way", flat=True)) == {"page"}


@pytest.mark.parametrize(
    ("days", "sentence"), [(31, ""), (30, "30 days left"), (1, "1 day left"), (0, "Today")]
)
def test_the_banner_says_how_many_days_are_left_from_the_first_reminder_on(people, days, sentence) -> None:
    filed, reward = told(people, a_filing(wants_reward=True))

    page = page_of(filed, before_the_end(reward, days))

    assert ("is-warning" in page) == bool(sentence)
    assert sentence in page
    if sentence:
        assert f'{reverse("tips:report_claim")}"' in page
        assert str(before_the_end(reward, 0).year) in page


def test_nobody_is_reminded_of_what_was_claimed_given_up_or_withdrawn(people) -> None:
    claimed, given_up, withdrawn = told(people), told(people), told(people)
    near = before_the_end(claimed[1], 2)
    claim_reward(claimed[1], Payee(**PAYEE), key="c", now=DECIDED)
    give_up_reward(given_up[1], key="g", now=DECIDED)
    withdraw_tip(withdrawn[0].tip, key="w", now=DECIDED)

    assert remind_of_claims(near) == 0
    assert "is-warning" not in page_of(claimed[0], near)


def test_after_a_return_the_other_account_is_asked_for_in_time(people) -> None:
    filed, reward = told(people)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", RETURNED)

    assert every_day(reward, "reward_new_payee") == [30, 14, 3]

    assert "另报收款账户" in words_of(filed)[-1]
    assert "Name another account" in page_of(filed, before_the_end(reward, 3, "reward_new_payee"))


def test_a_watch_that_slept_gives_the_latest_reminder_alone(people) -> None:
    _filed, reward = told(people)

    assert remind_of_claims(before_the_end(reward, 2)) == 1
    assert list(ClaimReminder.objects.values_list("rung", flat=True)) == ["3d"]


def test_officers_see_that_it_was_sent_and_not_where_to(people) -> None:
    filed, reward = told(people)
    every_day(reward)
    client = Client(headers={"accept-language": "en"})
    client.force_login(people["reward_officer"])

    with playing(before_the_end(reward, 1)):
        page = client.get(reverse("tips:reward", args=[reward.pk])).content.decode()

    assert page.count("days before the end</th>") == 3
    assert page.count("The tipster was reminded to claim the reward by") == 3
    kept = JournalEntry.objects.filter(act="claim_reminded")
    assert {frozenset(entry.details) for entry in kept} == {frozenset({"rung", "until", "way"})}
    secret = ("zhou@example.org", "13900001234", filed.code)
    assert not [word for word in secret if word in page]


def test_a_reminder_that_was_given_is_never_altered(people) -> None:
    _filed, reward = told(people)
    remind_of_claims(before_the_end(reward, 3))

    with pytest.raises(IntegrityError), transaction.atomic():
        twice = ClaimReminder.objects.get()
        twice.pk = None
        twice.save(force_insert=True)
    with pytest.raises(Exception, match="append-only|permission denied|refuse"), transaction.atomic():
        ClaimReminder.objects.update(way="page")
