"""From filing to the first day of the investigation."""

from datetime import date

import pytest

from casework.errors import OfficersRefused
from casework.models import Case, CaseHandler
from casework.permissions import Permission, may
from casework.services.appoint_handlers import appoint_handlers
from tests.factories import casework as make
from workflows.duties import may_hold
from workflows.errors import Invalid
from workflows.models import Clock, WorkItem

pytestmark = pytest.mark.django_db


def test_a_filed_case_has_a_number_and_runs_its_ninety_days():
    case = make.case()
    assert case.number == f"{case.bureau.short_name}案〔2025〕1号"
    clock = Clock.objects.get(run=case.run, rule_key="decision")
    assert clock.due_at.date() == date(2025, 6, 10)


def test_numbers_follow_each_other_without_a_gap():
    of = make.bureau(superior=make.superior_bureau())
    leader = make.account(of, "leader")
    assert [make.case(of, leader=leader).number[-3:] for _ in range(3)] == ["〕1号", "〕2号", "〕3号"]


def test_appointed_handlers_see_the_case_and_can_never_review_it():
    case = make.handled_case()
    handler = make.handler_of(case)
    assert may(handler, case, Permission.HANDLE, make.MOMENT)
    assert not may_hold(handler, family_id=case.run.family_id, duty="review", excludes=["handle"])
    item = make.work(case, "investigate")
    assert set(item.candidates) == {h.officer.account_id for h in case.handlers.all()}


def test_one_officer_alone_may_not_act():
    case = make.case()
    with pytest.raises(OfficersRefused) as refused:
        _appoint(case, [make.officer(case.bureau)])
    assert refused.value.code == "officers_refused"


def test_an_expired_certificate_is_refused_and_nothing_is_half_done():
    case = make.case()
    expired = make.officer(case.bureau, certificate_until=date(2025, 3, 11))
    with pytest.raises(OfficersRefused):
        _appoint(case, [make.officer(case.bureau), expired])
    assert not CaseHandler.objects.filter(case=case).exists()
    assert make.work(case, "appoint_handlers").status == WorkItem.Status.OPEN


def test_the_leader_who_decided_on_filing_cannot_be_appointed():
    case = make.case()
    item = make.work(case, "appoint_handlers")
    filer = make.officer(case.bureau)
    item.run.family.duties.create(
        account=filer.account,
        key="decide",
        excludes=["verify", "handle"],
        run=case.run,
        element_id="decide_filing",
        at=make.MOMENT,
    )
    with pytest.raises(OfficersRefused):
        _appoint(case, [filer, make.officer(case.bureau)])


def test_recusal_must_be_asked():
    case = make.case()
    with pytest.raises(Invalid):
        _appoint(case, [make.officer(case.bureau), make.officer(case.bureau)], is_recusal_checked=False)


def _appoint(case: Case, officers: list, *, is_recusal_checked: bool = True) -> None:
    appoint_handlers(
        actor=case.filed_by,
        work_item=make.work(case, "appoint_handlers"),
        officers=officers,
        is_recusal_checked=is_recusal_checked,
        key=make.key(),
        now=make.MOMENT,
    )
