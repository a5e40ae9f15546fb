"""The tipster is told of an approved reward within 15 working days: a period that runs until the notice is given."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from config.embedded import ports
from tests.tips.rewarding import DECIDED, ELIGIBLE, a_paid_case, opened, to_notice, work
from tips.models import Reward
from workflows.background.relay import drain
from workflows.clocks.watch import watch
from workflows.models import Clock, ClockWarning, WorkItem
from workflows.now import playing
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def no_mail(settings) -> None:  # type: ignore[no-untyped-def]
    """A mail server that is not there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", ports.first_free(19000)


def an_opened_reward(people) -> Reward:  # type: ignore[no-untyped-def]
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    return reward


def notice_of(reward: Reward) -> Clock:
    return Clock.objects.get(run=reward.run_id, rule_key="reward_notify")


def test_the_period_begins_with_the_last_approval_and_ends_with_the_notice(people) -> None:
    reward = an_opened_reward(people)
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})
    work(people, reward, "chief", "approve_reward_again", {"approval": "send_back", "reasons": "再核"})
    assert not Clock.objects.filter(run=reward.run_id, rule_key="reward_notify").exists()

    to_notice(people, reward)

    clock = notice_of(reward)
    assert (clock.starts_at, clock.ended_at) == (DECIDED, DECIDED)
    assert civil_date(clock.due_at).isoformat() == "2025-05-30"


def test_a_notice_that_cannot_be_given_is_warned_of_like_every_period(people, no_mail, settings) -> None:
    reward = an_opened_reward(people)
    to_notice(people, reward)
    clock = notice_of(reward)
    assert clock.ended_at is None
    assert not WorkItem.objects.filter(run=reward.run_id, status=WorkItem.Status.OPEN).exists()

    for days in range(1, 32):
        watch(DECIDED + timedelta(days=days))
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(people["reward_officer"])
    with playing(clock.due_at + timedelta(days=1)):
        page = client.get(reverse("tips:reward", args=[reward.pk])).content.decode()

    given = list(ClockWarning.objects.filter(clock=clock).order_by("id").values_list("rung", flat=True))
    assert given == ["half", "5wd", "2wd", "last_day", "overdue"]
    assert "通知领取奖励" in page and "逾期" in page

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = DECIDED + timedelta(days=40)
    drain(later)

    clock.refresh_from_db()
    reward.refresh_from_db()
    assert (clock.ended_at, reward.notified_at) == (later, later)
    claim = Clock.objects.get(run=reward.run_id, rule_key="reward_claim")
    assert civil_date(claim.starts_at) == civil_date(later)
