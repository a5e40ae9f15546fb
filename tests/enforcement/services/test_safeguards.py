"""The safeguards between review and execution: what each use case refuses, and that a refusal leaves nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from casework.errors import FormRefused
from casework.models import LedgerEntry
from casework.rules.money import Money
from casework.task_pages import page_for
from enforcement.errors import GateShut, HeavierThanNotice, OutsideBand, TooEarly, TooMuch, VoucherUsed
from enforcement.models import (
    Hearing,
    LegalReview,
    Payment,
    PenaltyDecision,
    PenaltyNotice,
    PoliceTransfer,
    Statement,
)
from enforcement.selectors import latest_notice, open_amount
from tests.casework.walking import POINTS, Walk, investigated, paid
from tests.factories import casework as make
from workflows.models import JournalEntry
from workflows.now import playing

pytestmark = pytest.mark.django_db
CONFORMS = {f"point_{name}": "conforms" for name in POINTS}


@pytest.fixture
def walk() -> Walk:
    """A case of an organisation, found with a loss of 54,000.00 yuan under article 38."""
    walk = Walk(make.handled_case())
    investigated(walk)
    return walk


def reviewed(walk: Walk) -> None:
    """The legal adviser agrees."""
    walk.does("legal_reviewer", "legal_review", opinion="agree", reasons="同意。", **CONFORMS)


def served(walk: Walk) -> dict[str, str]:
    """Entries of a direct service today."""
    return {"served_on": walk.today(), "method": "direct", "receiver": "王建国"}


def notified(walk: Walk) -> None:
    """Reviewed, and the notice served."""
    reviewed(walk)
    walk.does("handler", "serve_notice", **served(walk))


def waived(walk: Walk) -> None:
    """Notified, and the party waives statement and hearing."""
    notified(walk)
    walk.does("handler", "record_response_or_hearing", response="none", received_on=walk.today(), text="")


def test_a_point_that_does_not_conform_cannot_end_in_agreement(walk: Walk) -> None:
    points = CONFORMS | {"point_law": "fails", "note_law": "适用条款有误"}

    with pytest.raises(FormRefused) as refused:
        walk.does("legal_reviewer", "legal_review", opinion="agree", reasons="同意。", **points)

    assert "opinion" in refused.value.form.errors
    assert not LegalReview.objects.exists()


def test_a_review_without_agreement_goes_back_to_the_handlers_and_comes_again(walk: Walk) -> None:
    walk.does("legal_reviewer", "legal_review", opinion="change", reasons="裁量过重。", **CONFORMS)
    assert walk.waits_at() == {"investigate"}

    walk.does("handler", "investigate", final_report="已修改。")
    walk.does("leader", "approve_investigation", investigation="complete")
    reviewed(walk)

    assert list(LegalReview.objects.values_list("round", "opinion")) == [(1, "change"), (2, "agree")]
    assert walk.waits_at() == {"serve_notice"}


def test_a_statement_may_not_make_the_penalty_heavier(walk: Walk) -> None:
    notified(walk)
    walk.does(
        "handler", "record_response_or_hearing", response="statement", received_on=walk.today(), text="有异议"
    )

    with pytest.raises(HeavierThanNotice):
        walk.does("handler", "answer_statement", result="lighter", answer="不采纳", fine_amount="54000.01")

    assert Statement.objects.get().answered_at is None
    assert walk.waits_at() == {"answer_statement"}


def test_a_fine_below_the_range_needs_its_ground_in_writing(walk: Walk) -> None:
    notified(walk)
    walk.does(
        "handler", "record_response_or_hearing", response="statement", received_on=walk.today(), text="有异议"
    )

    with pytest.raises(OutsideBand):
        walk.does("handler", "answer_statement", result="lighter", answer="采纳", fine_amount="30000.00")
    walk.does(
        "handler",
        "answer_statement",
        result="lighter",
        answer="采纳",
        fine_amount="30000.00",
        mitigation="主动退回全部基金",
    )

    walk.case.refresh_from_db()
    assert walk.case.fine_amount == Decimal("30000.00")


def test_new_facts_lead_back_to_the_investigation_and_to_a_new_notice(walk: Walk) -> None:
    notified(walk)
    walk.does(
        "handler", "record_response_or_hearing", response="statement", received_on=walk.today(), text="新证据"
    )
    walk.does("handler", "answer_statement", result="new_facts", answer="需要补充调查")
    assert walk.waits_at() == {"investigate"}

    walk.does("handler", "investigate", final_report="补充调查完毕。")
    walk.does("leader", "approve_investigation", investigation="complete")
    notified(walk)

    assert PenaltyNotice.objects.count() == 2
    assert latest_notice(walk.case).round == 2


def test_the_decision_may_not_be_heavier_than_the_notice(walk: Walk) -> None:
    waived(walk)

    with pytest.raises(HeavierThanNotice):
        walk.does("leader", "decide_penalty", decision="penalty", fine_amount="60000.00", reasons="从重")

    assert not PenaltyDecision.objects.exists()


def test_no_penalty_while_the_police_hold_the_case(walk: Walk) -> None:
    waived(walk)
    PoliceTransfer.objects.create(case=walk.case, grounds="涉嫌犯罪", result=PoliceTransfer.Result.FILED)

    with pytest.raises(GateShut):
        walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节")

    assert not PenaltyDecision.objects.exists()


def test_no_penalty_after_a_hearing_without_its_record(walk: Walk) -> None:
    waived(walk)
    notice = latest_notice(walk.case)
    Hearing.objects.create(
        notice=notice,
        chair=walk.person("hearing_chair"),
        notified_on=notice.served_on,
        scheduled_for=walk.now,
        result=Hearing.Result.HELD,
    )

    with pytest.raises(GateShut):
        walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节")


def test_a_late_decision_is_made_and_noted_as_late(walk: Walk) -> None:
    waived(walk)
    walk.passes(days=200)
    walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节")

    assert JournalEntry.objects.filter(act="decision_is_late").count() == 1


def test_a_decision_without_penalty_has_no_fine_but_the_loss_comes_back(walk: Walk) -> None:
    waived(walk)
    walk.does("leader", "decide_penalty", decision="no_penalty", fine_amount="54000.00", reasons="首违不罚")

    decision = PenaltyDecision.objects.get()
    assert (decision.fine_amount, decision.recovery_amount) == (Decimal("0.00"), Decimal("54000.00"))


def test_a_hearing_is_notified_seven_working_days_before(walk: Walk) -> None:
    notified(walk)
    walk.does("handler", "record_response_or_hearing", response="hearing", received_on=walk.today(), text="")
    soon = (walk.now + timedelta(days=8)).strftime("%Y-%m-%dT%H:%M")

    with pytest.raises(TooEarly):
        walk.does("hearing_chair", "arrange_hearing", scheduled_for=soon, place="三楼会议室", is_public="on")
    later = (walk.now + timedelta(days=15)).strftime("%Y-%m-%dT%H:%M")
    walk.does("hearing_chair", "arrange_hearing", scheduled_for=later, place="三楼会议室", is_public="on")

    assert Hearing.objects.get().chair == walk.person("hearing_chair")


def test_no_more_is_booked_than_is_due_and_each_voucher_once(walk: Walk) -> None:
    waived(walk)
    walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节")
    walk.does("handler", "serve_decision", **served(walk))
    payment = {"kind": "recovery", "paid_on": walk.today(), "voucher": "BANK-1"}

    with pytest.raises(TooMuch):
        walk.does("finance", "record_payments", amount="54000.01", **payment)
    walk.does("finance", "record_payments", amount="20000.00", **payment)
    with pytest.raises(VoucherUsed):
        walk.does("finance", "record_payments", amount="34000.00", **payment)

    decision = PenaltyDecision.objects.get()
    assert open_amount(decision, Payment.Kind.RECOVERY) == Decimal("34000.00")
    assert open_amount(decision, Payment.Kind.FINE) == Decimal("54000.00")
    assert walk.waits_at() == {"record_payments"}


def test_a_fine_paid_late_shows_finance_its_surcharge_and_notes_it(walk: Walk) -> None:
    """Served on 12 March, payable until 27 March: three days at 3 % of 54,000.00 yuan are 4,860.00."""
    waived(walk)
    walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节")
    walk.does("handler", "serve_decision", **served(walk))
    in_time = walk.today()
    walk.at(walk.now + timedelta(days=18))

    with playing(walk.now):
        shown = page_for(make.work(walk.case, "record_payments"), walk.person("finance")).context()
    late = shown["surcharge"]
    assert (late.days_late, late.amount, late.is_capped) == (3, Money.yuan("4860.00"), False)
    booking = {"kind": "fine", "amount": "20000.00"}
    walk.does("finance", "record_payments", paid_on=in_time, voucher="BANK-1", **booking)
    walk.does("finance", "record_payments", paid_on=walk.today(), voucher="BANK-2", **booking)

    booked = JournalEntry.objects.filter(act="payment_booked").order_by("id")
    assert [row.details.get("surcharge") for row in booked] == [None, "3060.00"]


def test_fund_money_and_fines_lie_in_ledgers_of_their_own(walk: Walk) -> None:
    waived(walk)
    walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节")
    walk.does("handler", "serve_decision", **served(walk))
    paid(walk)

    for ledger in ("fund", "treasury"):
        lines = [
            line.amount
            for entry in LedgerEntry.objects.filter(ledger=ledger)
            for line in entry.lines.filter(account__code="receivable")
        ]
        assert sum(lines) == 0 and len(lines) == 2
