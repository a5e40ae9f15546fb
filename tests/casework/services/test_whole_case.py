"""A case from its handlers to the closed file, and the gates on the way."""

from datetime import date
from decimal import Decimal

import pytest

from casework import storage
from casework.errors import MayNotClose
from casework.models import Document, LedgerAccount, ProvinceReport
from casework.rules.closing import closing_obstacles
from casework.selectors import balances
from casework.services.close_case import closing_facts
from casework.services.store_document import rendered
from tests.casework import walking
from tests.casework.walking import Walk
from tests.factories import casework as make
from workflows.errors import DutyConflict, Invalid, NotOffered
from workflows.models import Clock, OutboxEntry, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk(make.handled_case())


def test_a_case_goes_from_investigation_to_the_closed_file(walk):
    walking.investigated(walk)
    walking.decided(walk)
    walking.paid(walk)
    walking.concluded(walk)
    walking.reported(walk)
    walk.does("handler", "archive_case", note="档案室 3 架")
    walk.case.refresh_from_db()
    assert walk.case.closed_at == walk.now
    assert Run.objects.get(pk=walk.case.run_id).status == Run.Status.ENDED
    assert all(total == 0 for (_, code), total in _held(walk).items() if code == "receivable")
    kinds = set(Document.objects.filter(subject_kind="case").values_list("kind", flat=True))
    assert kinds == {"legal_review_opinion", "penalty_notice", "penalty_decision", "province_report"}
    # An incident of any of them names its matter.
    papers = OutboxEntry.objects.filter(operation="casework.store_document")
    assert papers.count() == 4
    assert set(papers.values_list("run__subject_id", flat=True)) == {walk.case.pk}


def _held(walk: Walk):
    return balances(("case", walk.case.pk))


def test_the_report_to_the_province_is_due_two_working_days_after_the_conclusion(walk):
    walking.investigated(walk)
    walking.decided(walk)
    walking.paid(walk)
    walking.concluded(walk)
    report = ProvinceReport.objects.get(case=walk.case)
    assert report.triggers == ["amount"]
    clock = Clock.objects.get(run=walk.case.run, rule_key="case_report_to_province")
    assert clock.due_at.date() == date(2025, 3, 14)


def test_a_small_quiet_case_needs_no_report(walk):
    party = walk.case.parties.get()
    walk.does(
        "handler",
        "investigate",
        act="record_finding",
        party=party.pk,
        conduct="重复收费",
        facts="重复收费。",
        article="38",
        loss_amount="900.00",
        multiple="1.00",
        occurred_from="2024-06-01",
        occurred_until="2024-06-02",
    )
    walk.does("handler", "investigate", final_report="事实清楚。")
    walk.does("leader", "approve_investigation", investigation="complete")
    assert walk.case.run.work_items.get(element_id="legal_review").data["amount_involved_fen"] == 90000


def test_amounts_are_summed_over_the_standing_findings(walk):
    withdrawn = make.finding(walk.case, loss_amount=Decimal("10.00"))
    walk.does("handler", "investigate", act="withdraw_finding", finding=withdrawn.pk)
    walking.investigated(walk)
    walk.case.refresh_from_db()
    assert (walk.case.recovery_amount, walk.case.fine_amount) == (Decimal("54000.00"), Decimal("54000.00"))


def test_the_claims_are_booked_in_two_ledgers_and_never_netted(walk):
    walking.investigated(walk)
    walking.decided(walk)
    held = _held(walk)
    assert held[(LedgerAccount.Ledger.FUND, "receivable")] == Decimal("54000.00")
    assert held[(LedgerAccount.Ledger.TREASURY, "receivable")] == Decimal("54000.00")


def test_who_handled_the_case_is_refused_as_reviewer_and_told_why(walk):
    walking.investigated(walk)
    handler = walk.people["handler"]
    handler.lane_memberships.create(lane="legal_reviewer", unit_id=walk.case.bureau_id, starts_at=make.MOMENT)
    with pytest.raises(DutyConflict):
        walk.does("handler", "legal_review", opinion="agree", reasons="同意。")


def test_a_stranger_is_refused_before_the_form_is_looked_at(walk):
    with pytest.raises(NotOffered):
        walk.does("intake_officer", "investigate", nonsense="1")


def test_a_send_back_needs_reasons_and_returns_to_the_handlers(walk):
    walk.does("handler", "investigate", final_report="初稿。")
    with pytest.raises(Invalid) as refused:
        walk.does("leader", "approve_investigation", investigation="send_back", reasons=" ")
    assert refused.value.field == "reasons"
    walk.does("leader", "approve_investigation", investigation="send_back", reasons="证据不足。")
    assert walk.waits_at() == {"investigate"}


def test_a_fine_above_the_band_is_refused_at_the_finding(walk):
    with pytest.raises(Invalid) as refused:
        walk.does(
            "handler",
            "investigate",
            act="record_finding",
            party=walk.case.parties.get().pk,
            conduct="分解住院",
            facts="。",
            article="38",
            loss_amount="54000.00",
            multiple="2.01",
            occurred_from="2024-06-01",
            occurred_until="2024-06-02",
        )
    assert refused.value.field == "multiple"
    assert not walk.case.findings.exists()


def test_going_below_the_band_needs_a_written_ground(walk):
    entries = {
        "act": "record_finding",
        "party": walk.case.parties.get().pk,
        "conduct": "分解住院",
        "facts": "。",
        "article": "38",
        "loss_amount": "54000.00",
        "multiple": "0.50",
        "occurred_from": "2024-06-01",
        "occurred_until": "2024-06-02",
    }
    with pytest.raises(Invalid) as refused:
        walk.does("handler", "investigate", **entries)
    assert refused.value.field == "mitigation"
    walk.does("handler", "investigate", **entries, mitigation="主动退回。")
    assert walk.case.findings.get().multiple == Decimal("0.50")


def test_a_case_with_open_money_is_not_carried_out_in_full(walk):
    walking.investigated(walk)
    walking.decided(walk)
    walk.case.refresh_from_db()
    walk.case.closing_ground = "executed"
    codes = [
        o.msgid for o in closing_obstacles(closing_facts(walk.case, was_transferred=False, now=walk.now))
    ]
    assert any("fund money" in code for code in codes) and any("of the fine" in code for code in codes)


def test_a_case_does_not_close_while_its_report_is_missing(walk):
    walking.investigated(walk)
    walking.decided(walk)
    walking.paid(walk)
    walking.concluded(walk)
    walk.case.refresh_from_db()
    from casework.services.close_case import close

    with pytest.raises(MayNotClose):
        close(walk.case, was_transferred=False, now=walk.now)


def test_an_issued_document_is_stored_under_lock_and_can_be_made_again(walk):
    walking.investigated(walk)
    walking.decided(walk)
    walk.passes(seconds=1)
    document = Document.objects.select_related("bureau").get(kind="penalty_decision")
    assert document.number == f"{walk.case.bureau.short_name}罚决〔2025〕1号"
    assert storage.fingerprint(document.object_key, document.version_id)[0] == document.sha256
    assert rendered(document).sha256 == document.sha256
    assert storage.locked_until(document.object_key, document.version_id) is not None


def test_handing_in_twice_with_one_key_does_it_once(walk):
    from casework.task_pages import perform_task
    from workflows.errors import Repeated

    item, key = make.work(walk.case, "investigate"), make.key()
    facts = {"actor": walk.people["handler"], "item": item, "key": key, "now": walk.now}
    perform_task(data={"final_report": "一"}, **facts)
    with pytest.raises(Repeated):
        perform_task(data={"final_report": "二"}, **facts)
    walk.case.refresh_from_db()
    assert walk.case.final_report == "一"
