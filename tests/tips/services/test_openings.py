"""Looking at an identity on request: asked, decided by another role, shown to the asker until it expires."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework.errors import FormRefused, NotFound
from casework.models import Account
from tests.factories.tips import RECEIVED, a_person, a_real_name_filing, a_tip
from tests.tips.working import REGISTERED, do
from tips.errors import AskedAlready, ChiefDecides, LookClosed, NoIdentity
from tips.models import IdentityOpening, IdentityRequest, Tip
from tips.services.ask_identity import ask_identity
from tips.services.look_at_identity import end_opening, look_at_identity
from workflows.background.timers import fire_batch
from workflows.door.commands import claim_item
from workflows.errors import NotOffered
from workflows.models import JournalEntry, Run
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
NAME = "周举报"
YES, NO = {"opening": "approved", "reasons": "确有必要。"}, {"opening": "refused", "reasons": "可以留言。"}


@pytest.fixture
def tip(people: Mapping[str, Account]) -> Tip:
    """A registered real-name tip: the intake officer has taken work on it."""
    filed = a_tip(a_real_name_filing())
    do(people["intake"], filed.tip.run, "register_tip", {**REGISTERED, "institution_code": ""})
    return filed.tip


def asked(tip: Tip, by: Account, period: str = "short") -> IdentityRequest:
    return ask_identity(
        tip, actor=by, purpose="protection", reasons="有打击报复的迹象。", period=period, key=str(uuid4()), now=RECEIVED
    )  # fmt: skip


def page(by: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(by)
    return client


def test_the_identity_is_shown_to_the_asker_after_the_leader_approved(people, tip) -> None:
    request = asked(tip, people["intake"])
    with pytest.raises(LookClosed):
        look_at_identity(request, actor=people["intake"], now=RECEIVED)

    do(people["leader"], request.run, "decide_opening", YES)
    known = look_at_identity(request, actor=people["intake"], now=RECEIVED)

    assert known is not None and known.name == NAME
    row = IdentityOpening.objects.get()
    assert (row.request, row.opened_by) == (request, people["intake"])
    entry = JournalEntry.objects.get(act="identity_opened")
    assert entry.actor == people["intake"] and entry.details["request"] == request.pk
    for other in ("leader", "chief", "auditor", "handler"):
        with pytest.raises(NotFound):
            look_at_identity(request, actor=people[other], now=RECEIVED)
    assert IdentityOpening.objects.count() == 1


@pytest.mark.parametrize(("period", "hours"), [("short", 4), ("day", 24)])
def test_it_closes_with_the_period_by_the_clock_and_by_the_model(people, tip, period, hours) -> None:
    request = asked(tip, people["intake"], period)
    do(people["leader"], request.run, "decide_opening", YES)
    request.refresh_from_db()
    end = RECEIVED + timedelta(hours=hours)
    assert request.expires_at == end
    assert request.leading_run.timers.get().due_at == end

    look_at_identity(request, actor=people["intake"], now=end - timedelta(seconds=1))
    for late in (end, end + timedelta(days=1)):
        with pytest.raises(LookClosed):
            look_at_identity(request, actor=people["intake"], now=late)

    fire_batch(end + timedelta(seconds=1))
    assert Run.objects.get(pk=request.run_id).status == Run.Status.ENDED


def test_a_refusal_is_told_with_its_reasons_and_shows_nothing(people, tip) -> None:
    request = asked(tip, people["intake"])
    do(people["leader"], request.run, "decide_opening", NO)

    with playing(RECEIVED):
        text = (
            page(people["intake"]).get(reverse("tips:identity_request", args=[request.pk])).content.decode()
        )
        look = page(people["intake"]).post(reverse("tips:identity_look", args=[request.pk]))

    assert "可以留言。" in text and NAME not in text
    assert look.status_code == 403 and NAME not in look.content.decode()
    assert not IdentityOpening.objects.exists()


def test_the_asker_may_end_it_and_then_sees_nothing_more(people, tip) -> None:
    request = asked(tip, people["intake"])
    do(people["leader"], request.run, "decide_opening", YES)

    end_opening(request, actor=people["intake"], key="e", now=RECEIVED)

    with pytest.raises(LookClosed):
        look_at_identity(request, actor=people["intake"], now=RECEIVED)
    assert Run.objects.get(pk=request.run_id).status == Run.Status.ENDED


def test_a_leader_asks_the_chief_and_never_decides_alone(people, tip) -> None:
    both = a_person("both", "intake_officer", "leader")
    do_take = {**REGISTERED, "institution_code": ""}
    other = a_tip(a_real_name_filing())
    do(both, other.tip.run, "register_tip", do_take)
    request = asked(other.tip, both)

    assert request.asker_role == "leader"
    item = request.leading_run.work_items.get()
    assert item.element_id == "decide_opening_by_chief" and item.candidates == [people["chief"].pk]
    with pytest.raises(NotOffered):
        do(both, request.run, "decide_opening_by_chief", YES)
    do(people["chief"], request.run, "decide_opening_by_chief", YES)


def test_who_verified_the_lead_does_not_decide(people) -> None:
    double = a_person("double", "case_handler", "leader", certified=True)
    filed = a_tip(a_real_name_filing())
    run = filed.tip.run
    do(people["intake"], run, "register_tip", {**REGISTERED, "institution_code": ""})
    do(people["intake"], run, "review_copy", {"reviewed_copy": "出院后仍记录理疗费用。"})
    officers = [double.officer.pk, people["second"].officer.pk]
    do(people["leader"], run, "assign_verifiers", {"officers": officers, "is_recusal_checked": "on"})
    do(double, run, "verify_lead", {"verification_record": "核对。", "verification": "supported"})
    request = asked(filed.tip, people["intake"])

    with pytest.raises(Exception, match="separation of duties|职责分离"):
        do(double, request.run, "decide_opening", YES)


def test_only_who_works_on_the_tip_may_ask(people, tip) -> None:
    for outsider in ("handler", "auditor", "finance", "identity_officer", "leader"):
        with pytest.raises(NotFound):
            asked(tip, people[outsider])
        with playing(RECEIVED):
            assert page(people[outsider]).get(reverse("tips:identity_ask", args=[tip.pk])).status_code == 404
    with pytest.raises(ChiefDecides):
        do_nothing = a_person("chief2", "intake_officer", "chief")
        filed = a_tip(a_real_name_filing())
        do(do_nothing, filed.tip.run, "register_tip", {**REGISTERED, "institution_code": ""})
        asked(filed.tip, do_nothing)


def test_an_anonymous_tip_has_nothing_to_open_and_nobody_asks_twice(people, tip) -> None:
    anonymous = a_tip()
    do(people["intake"], anonymous.tip.run, "register_tip", {**REGISTERED, "institution_code": ""})
    with pytest.raises(NoIdentity):
        asked(anonymous.tip, people["intake"])

    asked(tip, people["intake"])
    with pytest.raises(AskedAlready):
        asked(tip, people["intake"])


def test_a_decision_needs_reasons(people, tip) -> None:
    request = asked(tip, people["intake"])

    with pytest.raises(FormRefused):
        do(people["leader"], request.run, "decide_opening", {"opening": "approved", "reasons": " "})


def test_the_database_refuses_an_own_approval_and_a_look_that_nothing_allowed(people, tip) -> None:
    request = asked(tip, people["intake"])
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityRequest.objects.filter(pk=request.pk).update(decided_by=people["intake"])
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityOpening.objects.create(tip=tip, opened_by=people["intake"], purpose="x", at=RECEIVED)


def test_pages_show_the_identity_to_the_asker_alone_and_auditors_the_list(people, tip) -> None:
    with playing(RECEIVED):
        entries = {"purpose": "statement", "reasons": "需要当面核对原件。", "period": "short", "key": "k"}
        asker = page(people["intake"])
        answer = asker.post(reverse("tips:identity_ask", args=[tip.pk]), entries)
        again = asker.post(reverse("tips:identity_ask", args=[tip.pk]), entries)
        request = IdentityRequest.objects.get()
        assert answer["Location"] == again["Location"] == reverse("tips:identity_request", args=[request.pk])
        item = request.leading_run.work_items.get()
        claim_item(item, actor=people["leader"], key="c", now=RECEIVED)
        decision = page(people["leader"]).get(reverse("casework:task", args=[item.pk])).content.decode()
        do(people["leader"], request.run, "decide_opening", YES)
        shown = asker.post(reverse("tips:identity_look", args=[request.pk]))
        elsewhere = page(people["leader"]).post(reverse("tips:identity_look", args=[request.pk]))
        listed = page(people["auditor"]).get(reverse("tips:identity_requests")).content.decode()

    assert "需要当面核对原件。" in decision and NAME not in decision
    assert NAME in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert elsewhere.status_code == 404
    assert tip.number in listed and NAME not in listed and "需要当面核对原件。" not in listed


def test_what_was_typed_stays_when_the_form_is_incomplete(people, tip) -> None:
    with playing(RECEIVED):
        answer = page(people["intake"]).post(
            reverse("tips:identity_ask", args=[tip.pk]), {"reasons": "写了一半"}
        )

    assert answer.status_code == 422 and "写了一半" in answer.content.decode()
