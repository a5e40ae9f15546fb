"""When a reward opens, and from which base: by the decision, by a judgment, or once the fund has its money back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from enforcement.models import PenaltyDecision, PoliceTransfer
from tests.tips.outcomes import told
from tests.tips.rewarding import DECIDED, a_found_case, decide, opened, recover, to_notice
from tips.coming_back import messages
from tips.document_facts import reward_matters
from tips.models import Reward, Tip
from tips.operations.handling import tell_outcome
from tips.rewards import base, claim_period, quotes
from tips.rewards.facts import base_ground, known_facts
from tips.sealing import contents
from tips.selectors import thread
from tips.services.withdraw_tip import withdraw_tip
from workflows.registry import EffectCall
from workflows.rules.calendar import civil_date
from workflows.rules.periods import Period, Unit

pytestmark = pytest.mark.usefixtures("models")
JUDGED_ON = civil_date(DECIDED)


def judged(tip: Tip, loss: str | None) -> None:
    """A court ended the case, or the police still have it."""
    facts = {"judgment_number": "（2025）江0122刑初88号", "judgment_on": JUDGED_ON, "court_loss": loss}
    PoliceTransfer.objects.create(case=tip.case, grounds="x", **(facts if loss is not None else {}))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bureau pays only once the fund has its money back."""
    monkeypatch.setattr(base, "legal_flag", lambda key, **where: key == "reward_waits_for_recovery")


def test_a_party_that_has_paid_nothing_holds_up_no_reward(people) -> None:
    tip = a_found_case(people, losses={"350000.00": True, "120000.00": False}).tip
    decide(tip, people)

    reward = opened(tip)

    assert reward is not None
    assert reward.base_amount == Decimal("350000.00")


def test_the_base_is_never_higher_than_the_decision(people) -> None:
    tip = a_found_case(people).tip
    decide(tip, people)
    PenaltyDecision.objects.update(recovery_amount="200000.00")

    reward = opened(tip)

    assert reward is not None
    assert reward.base_amount == Decimal("200000.00")


def test_a_violation_that_was_not_established_opens_none(people) -> None:
    tip = a_found_case(people).tip
    decide(tip, people)
    PenaltyDecision.objects.update(kind="not_established", recovery_amount=0, fine_amount=0)

    assert opened(tip) is None


def test_asked_again_the_reward_stays_one(people) -> None:
    tip = a_found_case(people).tip
    decide(tip, people)
    first = opened(tip)
    recover(tip, people)

    assert opened(tip) == first
    assert Reward.objects.count() == 1


def test_where_the_bureau_waits_it_opens_with_the_last_of_the_recovery(people, waits) -> None:
    tip = a_found_case(people, losses={"350000.00": True, "120000.00": False}).tip
    decide(tip, people)

    assert opened(tip) is None
    recover(tip, people, Decimal("469999.99"))
    assert opened(tip) is None
    recover(tip, people, Decimal("0.01"))

    reward = opened(tip)
    assert reward is not None
    assert reward.base_amount == Decimal("350000.00")


@pytest.mark.parametrize(
    ("found", "court", "wanted"),
    [
        ({"350000.00": True}, "240000.00", "240000.00"),
        ({"350000.00": True}, "500000.00", "350000.00"),
        ({"350000.00": False}, "240000.00", None),
        ({}, "240000.00", "240000.00"),
        ({"350000.00": True}, "0.00", None),
        ({"350000.00": True}, None, None),
    ],
)
def test_a_judgment_is_the_base_as_far_as_it_follows_what_was_reported(people, found, court, wanted) -> None:
    tip = a_found_case(people, losses=found).tip
    judged(tip, court)

    reward = opened(tip)

    assert (str(reward.base_amount) if reward else None) == wanted


def test_a_case_without_findings_that_no_tip_began_gives_no_base(people) -> None:
    tip = a_found_case(people, losses={}).tip
    judged(tip, "240000.00")
    tip.refresh_from_db()
    tip.case.origin = "inspection"
    tip.case.save()

    assert opened(tip) is None


def test_a_judgment_does_not_wait_for_money_that_the_court_collects(people, waits) -> None:
    tip = a_found_case(people).tip
    judged(tip, "240000.00")

    assert opened(tip) is not None


def test_the_approval_form_of_a_court_case_names_judgment_and_matter(people) -> None:
    tip = a_found_case(people, losses={}).tip
    judged(tip, "240000.00")
    reward = opened(tip)
    assert reward is not None
    to_notice(people, reward)

    settled = base.settled_by(reward.case)
    assert settled == base.Settled("（2025）江0122刑初88号", JUDGED_ON)
    (only,) = reward_matters(reward)
    assert (only.matter, only.confirmed_amount) == (reward.case.cause, Decimal("240000.00"))


def test_the_day_of_the_judgment_is_that_of_the_decision(people, monkeypatch) -> None:
    tip = a_found_case(people).tip
    judged(tip, "240000.00")
    monkeypatch.setattr(quotes, "legal_flag", lambda key, **where: False)

    assert quotes.rule_day(tip, tip.case) == JUDGED_ON


@pytest.mark.parametrize(
    ("minutes", "is_opened"), [(-1, False), (0, True), (1, True)], ids=["before", "with", "after"]
)
def test_only_who_withdrew_before_the_decision_is_shut_out(people, minutes, is_opened) -> None:
    tip = a_found_case(people).tip
    decide(tip, people)
    withdraw_tip(tip, key="w", now=DECIDED + timedelta(minutes=minutes))

    reward = opened(tip)

    assert (reward is not None) == is_opened
    if reward:
        assert "作出决定" in known_facts(reward)["withdrawn"]


@pytest.mark.parametrize(("days", "is_opened"), [(-1, False), (0, True)])
def test_of_a_judgment_the_day_counts(people, days, is_opened) -> None:
    tip = a_found_case(people).tip
    judged(tip, "240000.00")
    withdraw_tip(tip, key="w", now=DECIDED + timedelta(days=days))

    assert (opened(tip) is not None) == is_opened


def test_the_tipster_reads_that_a_court_decided(people) -> None:
    tip = a_found_case(people).tip
    judged(tip, "0.00")
    tip.refresh_from_db()

    tell_outcome(EffectCall("o", tip.run, {}, DECIDED))

    outcome, *_reward = _said(tip)[-2:]
    assert "人民法院已就此作出裁判" in outcome


def test_the_notice_gives_the_length_that_is_in_force(people, monkeypatch) -> None:
    tip = a_found_case(people).tip
    decide(tip, people)
    reward = opened(tip)
    assert reward is not None
    period = Period(45, Unit.WORKING_DAYS)

    class Longer:
        def period(self) -> Period:
            return period

    monkeypatch.setattr(claim_period, "period_parameter", lambda key, **where: Longer())
    to_notice(people, reward)

    assert "You have 45 working days from today" in told(reward)[-1]
    with translation.override("zh-hans"):
        assert "自今日起45个工作日内" in _last(tip)


def _last(tip: Tip) -> str:
    return _said(tip)[-1]


def _said(tip: Tip) -> list[str]:
    return [messages.read(one, contents.content_key(tip)).text for one in thread(tip)]


def test_the_officer_reads_what_the_base_rests_on_and_what_is_not_confirmed(people, monkeypatch) -> None:
    by_decision, by_court = a_found_case(people).tip, a_found_case(people).tip
    decide(by_decision, people)
    judged(by_court, "240000.00")
    with translation.override("en"):
        plain, court = base_ground(by_decision.case), base_ground(by_court.case)
        monkeypatch.setattr(base, "legal_flag", lambda key, **where: True)
        waiting = base_ground(by_decision.case)

    assert plain.startswith("loss that the decision recovers")
    assert waiting.startswith("fund money that came back")
    assert "刑初88号" in court
    assert all(words.endswith("(RECALLED)") for words in (plain, waiting))
