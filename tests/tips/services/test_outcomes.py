"""A reward after a review or suit: entered by one, confirmed by another, and nothing is paid twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.db.utils import DatabaseError
from django.utils import translation

from casework.errors import NotFound
from casework.models import LedgerEntry
from tests.factories.tips import RECEIVED, a_person
from tests.tips.budgeting import change_budget
from tests.tips.outcomes import LATER, a_reward, confirmed, decided, entered, figures, held, told
from tests.tips.rewarding import (
    DECIDED,
    ELIGIBLE,
    PAID,
    PAYEE,
    RETURNED,
    to_bank,
    to_confirmed,
    to_notice,
    work,
)
from tests.tips.working import do
from tips.coming_back.steps.reward import STOPPED
from tips.errors import (
    AmountChecked,
    AssessAnew,
    NothingDue,
    OutcomeWaits,
    OwnEntry,
    PaymentUnderWay,
    RiseShort,
)
from tips.models import CaseOutcome, Payout, RewardBudget, RewardRecalculation, TipMessage
from tips.purging.obstacles import unpaid
from tips.rewards.status import reward_step
from tips.rules.budget import Pot
from tips.services import recalculate_reward
from tips.services.book_budget import balances_of
from tips.services.carry_budget import carry_over
from tips.services.claim_reward import claim_reward
from tips.words import Payee
from workflows.background.relay import drain
from workflows.errors import AlreadyDone, DutyConflict, Invalid
from workflows.models import JournalEntry, LaneMember

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def reward(people):  # type: ignore[no-untyped-def]
    return a_reward(people)


def test_before_the_claim_a_fall_frees_what_is_no_longer_promised(people, reward) -> None:
    to_notice(people, reward)

    confirmed(people, reward, "100000.00")

    assert held() == {"reserved": "2000.00", "available": "498000.00"}
    assert (reward.amount, reward.base_amount) == (Decimal("2000.00"), Decimal("100000.00"))
    row = figures(reward)
    assert (row.base_before, row.base_after) == (Decimal("350000.00"), Decimal("100000.00"))
    assert (row.approved_before, row.approved_after) == (Decimal("5750.00"), Decimal("2000.00"))
    assert (row.amount, row.due, row.overpaid, row.not_paid) == (Decimal(2000), Decimal(2000), 0, 0)
    assert list(reward.approvals.values_list("amount", flat=True)) == [Decimal("5750.00")] * 2


def test_a_rise_is_reserved_and_paid_in_one_sum(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)

    confirmed(people, reward, "450000.00")
    assert held() == {"payable": "7250.00", "available": "492750.00"}

    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)
    assert Payout.objects.get().amount == Decimal("7250.00")
    assert held() == {"paid": "7250.00", "available": "492750.00"}


def test_the_tipster_reads_one_sentence_that_says_nothing_of_the_case(people, reward) -> None:
    to_notice(people, reward)
    before = told(reward)

    confirmed(people, reward, "100000.00")

    assert told(reward)[len(before) :] == [
        "The amount of your reward was computed again; it now comes to ¥2,000.00."
    ]
    drain(LATER)
    assert JournalEntry.objects.filter(act="contact_used").exists()


def test_a_revoked_decision_ends_a_reward_that_was_not_paid(people, reward) -> None:
    to_notice(people, reward)

    confirmed(people, reward, None)

    assert held() == {"available": "500000.00"}
    assert (reward.amount, reward.budget) == (Decimal("0.00"), None)
    reward.run.refresh_from_db()
    assert reward.run.status == "cancelled"
    assert not reward.run.clocks.filter(ended_at=None).exists()
    assert reward_step(reward) is STOPPED
    assert told(reward)[-1].endswith("nothing is to be paid any more.")
    drain(LATER + timedelta(days=90))
    assert held() == {"available": "500000.00"}


def test_whom_to_pay_is_not_kept_when_nothing_is_to_be_paid(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)

    confirmed(people, reward, None)

    assert held() == {"available": "500000.00"}
    assert (reward.sealed_payee, reward.claimed_at) == (None, None)
    assert not list(unpaid(reward.tip))


def test_after_the_payment_a_fall_is_recorded_and_nothing_moves(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)
    count = TipMessage.objects.count()

    confirmed(people, reward, None)

    row = figures(reward)
    assert (row.paid, row.due, row.overpaid) == (Decimal("5750.00"), 0, Decimal("5750.00"))
    assert held() == {"paid": "5750.00", "available": "494250.00"}
    assert reward.amount == Decimal("5750.00")
    assert TipMessage.objects.count() == count


def test_after_the_payment_a_rise_is_recorded_as_not_paid(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)

    confirmed(people, reward, "450000.00")

    row = figures(reward)
    assert (row.amount, row.due, row.not_paid) == (Decimal("7250.00"), 0, Decimal("1500.00"))
    assert held() == {"paid": "5750.00", "available": "494250.00"}


@pytest.mark.parametrize("base", ["100000.00", "450000.00", None])
def test_what_is_foreseen_is_what_follows(people, reward, base) -> None:
    to_notice(people, reward)
    outcome = entered(people, reward, base)
    reward.refresh_from_db()
    seen = recalculate_reward.foreseen(reward, outcome, actor=people["chief"], now=LATER)
    assert not reward.recalculations.exists()
    decided(people, reward, outcome)

    row = figures(reward)
    assert seen is not None
    names = ("base_before", "base_after", "approved_before", "approved_after", "amount", "due", "overpaid")
    assert [getattr(seen, name) for name in names] == [getattr(row, name) for name in names]


def test_what_the_bank_sent_back_is_paid_by_the_new_amount(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", RETURNED)

    confirmed(people, reward, "100000.00")
    assert held() == {"returned": "2000.00", "available": "498000.00"}

    claim_reward(reward, Payee(**PAYEE), key="again", now=LATER)
    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", {**PAID, "voucher": "V2"})
    assert Payout.objects.get().amount == Decimal("2000.00")


def test_before_the_approval_the_reward_is_assessed_from_the_new_base(people, reward) -> None:
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})
    confirmed(people, reward, "100000.00")
    assert figures(reward).amount is None

    with pytest.raises(AssessAnew):
        work(people, reward, "chief", "approve_reward_again", {"approval": "approved"})
    back = {"approval": "send_back", "reasons": "案值变更"}
    work(people, reward, "chief", "approve_reward_again", back)
    item_at = LATER + timedelta(hours=1)

    do(people["reward_officer"], reward.run, "assess_reward", ELIGIBLE, item_at)
    do(people["leader"], reward.run, "approve_reward", {"approval": "approved"}, item_at)
    do(people["chief"], reward.run, "approve_reward_again", {"approval": "approved"}, item_at)
    assert held() == {"reserved": "2000.00", "available": "498000.00"}


def test_while_an_outcome_waits_nothing_goes_to_the_bank(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    work(people, reward, "finance", "order_payment", {})
    outcome = entered(people, reward, "100000.00")

    with pytest.raises(AmountChecked):
        work(people, reward, "finance_b", "release_payment", {"release": "released"})
    with pytest.raises(PaymentUnderWay):
        decided(people, reward, outcome)
    work(people, reward, "finance_b", "release_payment", {"release": "send_back", "reasons": "数额核对中"})
    with pytest.raises(AmountChecked):
        work(people, reward, "finance", "order_payment", {})
    decided(people, reward, outcome)
    work(people, reward, "finance", "order_payment", {})

    assert reward.payment_lines.get(state="ordered").amount == Decimal("2000.00")


def test_at_the_bank_the_answer_is_awaited(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    outcome = entered(people, reward, "100000.00")

    with translation.override("en"), pytest.raises(PaymentUnderWay) as refused:
        decided(people, reward, outcome)

    assert "when the bank has answered" in str(refused.value)
    assert not hasattr(CaseOutcome.objects.get(), "decision")
    assert held() == {"ordered": "5750.00", "available": "494250.00"}
    work(people, reward, "finance", "pay_reward", PAID)
    decided(people, reward, outcome)
    assert figures(reward).overpaid == Decimal("3750.00")


def test_an_outcome_that_was_confirmed_and_not_applied_is_applied_before_the_order(
    people, reward, monkeypatch
) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    with monkeypatch.context() as off:
        off.setattr("tips.services.decide_outcome.recalculate_rewards", lambda act, outcome: None)
        confirmed(people, reward, "100000.00")
    assert held() == {"payable": "5750.00", "available": "494250.00"}

    work(people, reward, "finance", "order_payment", {})

    assert held() == {"payable": "2000.00", "available": "498000.00"}
    assert reward.payment_lines.get().amount == Decimal("2000.00")
    assert figures(reward).made_by == people["finance"]


def test_nothing_is_ordered_where_nothing_is_due(people, reward, monkeypatch) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    monkeypatch.setattr("tips.services.decide_outcome.recalculate_rewards", lambda act, outcome: None)
    confirmed(people, reward, None)

    with pytest.raises(NothingDue):
        work(people, reward, "finance", "order_payment", {})
    assert not reward.payment_lines.exists()


def test_a_later_outcome_counts_and_the_figures_of_the_earlier_one_stay(people, reward) -> None:
    to_notice(people, reward)
    confirmed(people, reward, "100000.00")
    confirmed(people, reward, "350000.00")

    assert held() == {"reserved": "5750.00", "available": "494250.00"}
    assert list(reward.recalculations.values_list("due", flat=True)) == [Decimal(2000), Decimal(5750)]


def test_a_rise_that_the_budget_does_not_cover_changes_nothing(people, reward) -> None:
    to_notice(people, reward)
    change_budget(people, reward.bureau, "-494250.00")
    outcome = entered(people, reward, "450000.00")

    with pytest.raises(RiseShort) as refused:
        decided(people, reward, outcome)

    assert "¥7,250.00" in str(refused.value)
    assert held() == {"reserved": "5750.00"}
    assert not reward.recalculations.exists()
    change_budget(people, reward.bureau, "1500.00")
    decided(people, reward, outcome)
    assert held() == {"reserved": "7250.00"}


def test_money_that_was_carried_into_the_next_year_follows_there(people, reward) -> None:
    to_notice(people, reward)
    next_year = DECIDED.replace(year=DECIDED.year + 1, month=1, day=2)
    carry_over(next_year)

    outcome = entered(people, reward, "100000.00")
    decided(people, reward, outcome, now=next_year)

    found = balances_of(RewardBudget.objects.get(year=next_year.year))
    assert found[Pot.RESERVED].amount == Decimal("2000.00")
    assert found[Pot.AVAILABLE].amount == Decimal("3750.00")


def test_one_enters_and_another_role_confirms(people, reward) -> None:
    to_notice(people, reward)
    for who in ("leader", "chief", "finance", "auditor", "handler", "identity_officer"):
        with pytest.raises(NotFound):
            entered({**people, "reward_officer": people[who]}, reward, None)
    outcome = entered(people, reward, "100000.00")
    for who in ("reward_officer", "finance", "auditor", "handler", "identity_officer"):
        with pytest.raises(NotFound):
            decided(people, reward, outcome, who)
    stranger = a_person("stranger", "leader")
    with pytest.raises(NotFound):
        decided({**people, "stranger": stranger}, reward, outcome, "stranger")
    decided(people, reward, outcome, "leader")
    with pytest.raises(AlreadyDone):
        decided(people, reward, outcome)


def test_whoever_entered_it_does_not_confirm_it_in_another_role_either(people, reward) -> None:
    to_notice(people, reward)
    for lane in ("leader", "chief"):
        facts = {"unit_id": reward.bureau_id, "starts_at": RECEIVED.replace(year=2020)}
        LaneMember.objects.create(account=people["reward_officer"], lane=lane, **facts)
    outcome = entered(people, reward, "100000.00")

    with pytest.raises(OwnEntry):
        decided(people, reward, outcome, "reward_officer")


@pytest.mark.parametrize("duty", ["assess", "handle", "verify", "pay", "order_payment", "confirm_identity"])
def test_a_duty_in_the_matter_keeps_from_confirming(people, reward, duty: str) -> None:
    to_notice(people, reward)
    outcome = entered(people, reward, "100000.00")
    model = {"pay": ["approve_reward_again"], "order_payment": ["approve_reward_again"]}
    model["confirm_identity"] = ["approve_reward_again"]
    family = reward.run.family
    family.duties.create(
        account=people["chief"],
        key=duty,
        excludes=model.get(duty, []),
        run=reward.run,
        element_id=duty,
        at=LATER,
    )

    with pytest.raises(DutyConflict):
        decided(people, reward, outcome)


def test_whoever_handled_the_case_enters_nothing(people, reward) -> None:
    to_notice(people, reward)
    reward.run.family.duties.create(
        account=people["reward_officer"], key="handle", run=reward.run, element_id="x", at=LATER
    )

    with pytest.raises(DutyConflict):
        entered(people, reward, None)


def test_a_refusal_has_reasons_changes_nothing_and_lets_the_next_one_in(people, reward) -> None:
    to_notice(people, reward)
    outcome = entered(people, reward, "100000.00")
    with pytest.raises(OutcomeWaits):
        entered(people, reward, None)
    with pytest.raises(Invalid):
        decided(people, reward, outcome, is_confirmed=False)

    decided(people, reward, outcome, is_confirmed=False, reasons="文号与文书不符")

    assert held() == {"reserved": "5750.00", "available": "494250.00"}
    assert not reward.recalculations.exists()
    confirmed(people, reward, "100000.00")


@pytest.mark.parametrize(
    ("base", "changes", "field"),
    [
        ("450000.01", {}, "base_amount"),
        ("100000.00", {"decided_on": (LATER + timedelta(days=1)).date()}, "decided_on"),
        ("100000.00", {"decided_on": (DECIDED - timedelta(days=1)).date()}, "decided_on"),
    ],
)
def test_a_paper_that_cannot_be_right_is_refused(people, reward, base, changes, field) -> None:
    to_notice(people, reward)
    with pytest.raises(Invalid) as refused:
        entered(people, reward, base, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "model", [CaseOutcome, CaseOutcome.decision.related.related_model, RewardRecalculation]
)
def test_the_rows_are_only_added(people, reward, model) -> None:
    to_notice(people, reward)
    confirmed(people, reward, "100000.00")
    for act in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format(model._meta.db_table))


def test_every_entry_of_a_recalculation_balances(people, reward) -> None:
    to_notice(people, reward)
    to_confirmed(people, reward)
    for base in ("100000.00", "450000.00", "350000.01"):
        confirmed(people, reward, base)

    sums = LedgerEntry.objects.annotate(sum=Sum("lines__amount"))
    assert not sums.exclude(sum=0).exists()
    assert held()["payable"] == str(reward.amount)


def test_a_reward_that_was_given_up_is_left_alone(people, reward) -> None:
    from tips.services.claim_reward import give_up_reward

    to_notice(people, reward)
    give_up_reward(reward, key="g", now=DECIDED)
    confirmed(people, reward, "100000.00")

    assert not reward.recalculations.exists()
    assert held() == {"available": "500000.00"}


def test_the_words_of_the_sentences_name_nothing(people, reward) -> None:
    for words in (recalculate_reward.CHANGED, recalculate_reward.NOTHING):
        assert not [one for one in ("review", "suit", "case", "decision", "revoked") if one in words]
