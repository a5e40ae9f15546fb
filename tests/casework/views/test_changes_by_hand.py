"""Changes of a run by hand from the pages: asked by an operator, seen before they are done, decided by a leader."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account, Case
from casework.permissions import Role
from tests.factories import casework as make
from workflows.models import Clock, ClockPause, Intervention, JournalEntry, Run
from workflows.now import playing

pytestmark = pytest.mark.django_db
NOW = make.MOMENT
REASON = "收到上级指令，退回指定办案人员环节。"


@pytest.fixture(autouse=True)
def at_work() -> Iterator[None]:
    """The moment stands still."""
    with playing(NOW):
        yield


@pytest.fixture
def case() -> Case:
    """A case that is being investigated."""
    return make.handled_case()


@pytest.fixture
def run(case: Case) -> Run:
    """Its run."""
    assert case.run is not None
    return case.run


def client_of(case: Case, *roles: str, language: str = "en") -> Client:
    """A browser of somebody who holds the roles in the bureau."""
    return browser(make.account(case.bureau, *roles), language)


def browser(account: Account, language: str = "en") -> Client:
    """A browser that is signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def the_move(run: Run) -> dict[str, str]:
    """The token of the investigation back to the appointment."""
    item = run.work_items.get(element_id="investigate", status="open")
    return {"kind": "move", "task": item.task_id, "target": "appoint_handlers", "reason": REASON, "key": "k"}


def asked(case: Case, run: Run, **given: str) -> Intervention:
    """An operator has asked for it."""
    operator = client_of(case, Role.OPERATOR)
    answer = operator.post(reverse("system:by_hand", args=[run.pk]), {**given, "confirmed": "yes"})
    assert answer.status_code == 302, answer.content.decode()
    return Intervention.objects.get()


def test_a_move_is_shown_before_it_is_asked_for(case: Case, run: Run) -> None:
    operator = client_of(case, Role.OPERATOR)
    address = reverse("system:by_hand", args=[run.pk])
    assert "Move the token" in operator.get(address).content.decode()

    page = operator.post(address, the_move(run)).content.decode()

    assert "It would wait for" in page and "Appoint" in page
    assert not Intervention.objects.exists()
    assert run.work_items.get(status="open").element_id == "investigate"


def test_a_move_is_done_when_a_leader_agrees(case: Case, run: Run) -> None:
    change = asked(case, run, **the_move(run))
    assert run.work_items.get(status="open").element_id == "investigate"
    leader = client_of(case, Role.LEADER)

    page = leader.get(reverse("system:requests")).content.decode()
    assert REASON in page and "It would wait for" in page
    assert leader.get(reverse("system:run", args=[run.pk])).status_code == 200
    decide = reverse("system:decide_change", args=[change.pk])
    assert leader.post(decide, {"decision": "approve"}).status_code == 302

    assert run.work_items.get(status="open").element_id == "appoint_handlers"
    assert JournalEntry.objects.filter(act="intervention_approved", run=run).exists()
    assert leader.get(reverse("system:run", args=[run.pk])).status_code == 404
    assert (
        "Changed by hand"
        in client_of(case, Role.OPERATOR).get(reverse("system:run", args=[run.pk])).content.decode()
    )


@pytest.mark.parametrize("roles", [(Role.OPERATOR,), (Role.AUDITOR,), (Role.CASE_HANDLER,)])
def test_only_a_leader_or_the_chief_decides(case: Case, run: Run, roles: tuple[str, ...]) -> None:
    change = asked(case, run, **the_move(run))

    decide = reverse("system:decide_change", args=[change.pk])

    assert client_of(case, *roles).post(decide, {"decision": "approve"}).status_code == 404
    assert run.work_items.get(status="open").element_id == "investigate"


def test_a_leader_who_asked_as_operator_does_not_decide(case: Case, run: Run) -> None:
    both = browser(make.account(case.bureau, Role.OPERATOR, Role.LEADER))
    both.post(reverse("system:by_hand", args=[run.pk]), {**the_move(run), "confirmed": "yes"})

    decide = reverse("system:decide_change", args=[Intervention.objects.get().pk])

    assert both.post(decide, {"decision": "approve"}).status_code == 403
    assert "another person has to decide" in both.get(reverse("system:requests")).content.decode()


def test_a_leader_of_another_bureau_sees_nothing_of_it(case: Case, run: Run) -> None:
    change = asked(case, run, **the_move(run))
    stranger = browser(make.account(make.bureau(), Role.LEADER, Role.OPERATOR, Role.CHIEF))

    assert run.business_key not in stranger.get(reverse("system:requests")).content.decode()
    for name, args in (("run", run.pk), ("by_hand", run.pk), ("suspension", run.pk)):
        assert stranger.get(reverse(f"system:{name}", args=[args])).status_code == 404
    decide = reverse("system:decide_change", args=[change.pk])
    assert stranger.post(decide, {"decision": "approve"}).status_code == 404


def test_a_skipped_step_counts_as_done_by_who_approved_it(case: Case, run: Run) -> None:
    item = run.work_items.get(element_id="investigate", status="open")
    given = {"kind": "skip", "task": item.task_id, "reason": REASON, "key": "k"}
    page = (
        client_of(case, Role.OPERATOR)
        .get(reverse("system:by_hand", args=[run.pk]), {"kind": "skip", "task": item.task_id})
        .content.decode()
    )
    assert "set_police_suspected" in page
    change = asked(case, run, **given, set_police_suspected="false", set_public_concern="false")
    leader = make.account(case.bureau, Role.LEADER)

    browser(leader).post(reverse("system:decide_change", args=[change.pk]), {"decision": "approve"})

    assert change.outcome == {"police_suspected": False, "public_concern": False}
    assert run.work_items.get(status="open").element_id == "approve_investigation"
    assert run.family.duties.filter(account=leader, key="handle").exists()


def test_nobody_skips_a_step_whose_duty_the_own_work_excludes(case: Case, run: Run) -> None:
    run.work_items.filter(element_id="investigate").update(duty="decide", excludes=["handle"])
    change = asked(case, run, kind="cancel", reason=REASON, key="k")
    assert change.kind == "cancel"
    Intervention.objects.all().delete()
    item = run.work_items.get(element_id="investigate")
    handler = make.account(case.bureau, Role.LEADER)
    run.family.duties.create(account=handler, key="handle", element_id="x", run=run, excludes=[], at=NOW)
    change = asked(case, run, kind="skip", task=item.task_id, reason=REASON, key="k2")

    answer = browser(handler).post(reverse("system:decide_change", args=[change.pk]), {"decision": "approve"})

    assert answer.status_code == 403
    assert run.work_items.get(status="open").element_id == "investigate"


def test_what_the_model_does_not_allow_is_refused_before_it_is_asked_for(case: Case, run: Run) -> None:
    given = the_move(run) | {"target": "archive_case"}
    operator = client_of(case, Role.OPERATOR)
    assert operator.post(reverse("system:by_hand", args=[run.pk]), given | {"reason": "x"}).status_code == 422
    unknown = operator.post(reverse("system:by_hand", args=[run.pk]), given | {"target": "nowhere"})
    assert unknown.status_code == 422
    assert not Intervention.objects.exists()


def test_an_operator_suspends_a_run_and_its_periods_run_on(case: Case, run: Run) -> None:
    operator, due = client_of(case, Role.OPERATOR), Clock.objects.get(run=run, rule_key="decision").due_at
    address = reverse("system:suspension", args=[run.pk])
    assert "Only a leader of the bureau lets periods stand still" in operator.get(address).content.decode()
    refused = operator.post(address, {"ground": "testing", "reason": REASON})
    assert refused.status_code == 422

    assert operator.post(address, {"ground": "", "reason": REASON}).status_code == 302
    run.refresh_from_db()
    assert run.status == Run.Status.SUSPENDED and not ClockPause.objects.exists()
    assert operator.post(address, {"reason": "问题已经处理，恢复办理。"}).status_code == 302

    run.refresh_from_db()
    assert run.status == Run.Status.RUNNING
    assert Clock.objects.get(run=run, rule_key="decision").due_at == due


def test_a_leader_suspends_with_a_ground_and_only_the_periods_of_the_law_stand_still(
    case: Case, run: Run
) -> None:
    Clock.objects.create(
        run=run, rule_key="legal_review", starts_at=NOW, due_at=NOW, unit="wd", source="PP 41",
        counted=[], calendar_version="", counted_at=NOW,
    )  # fmt: skip
    leader = client_of(case, Role.LEADER)
    address = reverse("system:suspension", args=[run.pk])

    assert leader.post(address, {"ground": "testing", "reason": REASON}).status_code == 302

    pause = ClockPause.objects.get()
    assert (pause.clock.rule_key, pause.ground) == ("decision", "testing")
    operator = client_of(case, Role.OPERATOR)
    assert operator.post(address, {"reason": "检测报告已经收到，恢复计算期限。"}).status_code == 422
    assert leader.post(address, {"reason": "检测报告已经收到，恢复计算期限。"}).status_code == 302
    pause.refresh_from_db()
    assert pause.last_date is not None


def test_a_pause_that_was_granted_otherwise_goes_on_with_the_run(case: Case, run: Run) -> None:
    clock = Clock.objects.get(run=run, rule_key="decision")
    granted = ClockPause.objects.create(clock=clock, first_date=NOW.date(), ground="appraisal")
    leader = client_of(case, Role.LEADER)
    address = reverse("system:suspension", args=[run.pk])

    assert leader.post(address, {"ground": "testing", "reason": REASON}).status_code == 302
    assert leader.post(address, {"reason": "检测报告已经收到，恢复计算期限。"}).status_code == 302

    granted.refresh_from_db()
    assert granted.last_date is None and ClockPause.objects.count() == 1


def test_officers_see_that_something_is_being_mended_and_operators_the_way_to_it(
    case: Case, run: Run
) -> None:
    from workflows.incidents.causes import cause_of
    from workflows.incidents.raising import Failed, raise_incident
    from workflows.models import Incident

    item = run.work_items.get(element_id="investigate", status="open")
    failed = Failed("timer", "timer:1", run_id=run.pk, element_id=item.element_id)
    raise_incident(failed, cause_of(OSError()), now=NOW)
    handler = browser(make.handler_of(case))

    page = handler.get(reverse("casework:case_part", args=[case.pk, "process"])).content.decode()
    assert "being mended" in page and "OSError" not in page and "/incidents/" not in page
    shown = client_of(case, Role.OPERATOR).get(reverse("system:run", args=[run.pk])).content.decode()
    assert reverse("system:incident", args=[Incident.objects.get().fingerprint]) in shown
