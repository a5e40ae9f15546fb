"""Destroying the sealed content of a tip: two people, a waiting time, holds, and nothing that opens afterwards."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework import storage
from casework.models import Account, Document
from tests.factories.tips import RECEIVED, a_person, a_tip
from tests.tips.purging import LATER, NO, YES, a_handled_tip, approved, proposed, waited
from tests.tips.rewarding import PAYEE, a_paid_case, opened, to_notice
from tests.tips.working import do
from tips.errors import Destroyed, HoldStands, PurgeRefused, PurgeRunning
from tips.models import PurgedObject, Tip, TipFile, TipIdentity, TipKey, TipMessage, TipPurge
from tips.purging.keeping import last_day_of_keeping
from tips.purging.obstacles import obstacles_of
from tips.receipts import receipt_code
from tips.sealing import contents, envelopes
from tips.selectors import tip_of_code
from tips.services.file_tip import FiledTip
from tips.services.hold_tip import lift_hold, set_hold
from tips.services.propose_purge import withdraw_purge
from tips.services.read_words import read_words
from workflows.errors import DutyConflict
from workflows.models import JournalEntry, Run
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models", "in_english")
STORY = "住院部在患者出院后继续记录"


@pytest.fixture
def filed(people: Mapping[str, Account]) -> FiledTip:
    return a_handled_tip(people)


def test_after_two_approvals_and_the_waiting_time_nothing_opens_any_more(people, filed) -> None:
    tip, code = filed.tip, filed.code
    key_of_tipster = envelopes.tipster_key(code)
    file = TipFile.objects.get()
    before = {
        "received": tip.received_at,
        "channel": tip.channel,
        "real": tip.is_real_name,
        "run": tip.run_id,
    }

    purge = approved(proposed(tip, people["intake"]), people)
    assert waited(purge, RECEIVED + timedelta(days=1)).destroyed_at is None
    assert waited(purge).destroyed_at == LATER

    keys = TipKey.objects.get()
    assert (keys.for_bureau, keys.for_tipster, keys.identity, keys.destroyed_at) == (None, None, None, LATER)
    tip = Tip.objects.select_related("keys").get()
    with pytest.raises(Destroyed):
        contents.content_key(tip)
    with pytest.raises(Destroyed):
        contents.content_key_for_tipster(tip, key_of_tipster)
    with pytest.raises(Destroyed):
        read_words(tip, actor=people["intake"], purpose="x", now=LATER)
    assert not TipIdentity.objects.exists()
    assert tip_of_code(code) is None
    after = {"received": tip.received_at, "channel": tip.channel, "real": tip.is_real_name, "run": tip.run_id}
    assert after == before and TipMessage.objects.count() > 0
    assert tip.jurisdiction_note == ""
    assert storage.get(file.object_key, file.version_id)
    row = PurgedObject.objects.get()
    assert row.removed_at is None and row.due_at == file.retained_until.replace(microsecond=0)
    assert Run.objects.get(pk=purge.run_id).status == Run.Status.ENDED


def test_the_answer_to_the_code_is_that_of_an_unknown_code(people, filed) -> None:
    waited(approved(proposed(filed.tip, people["intake"]), people))
    unknown = receipt_code.from_seed(b"another" * 5)
    address, answers = reverse("tips:follow"), []
    for code in (filed.code, unknown):
        answer = Client(headers={"accept-language": "en"}).post(address, {"code": code})
        page = answer.content.decode().replace(code, "").replace(receipt_code.grouped(code), "")
        answers.append((answer.status_code, page.split("<main")[1].split("</main")[0], set(answer.cookies)))

    assert answers[0][0] == answers[1][0] == 404
    assert "No report was found" in answers[0][1]
    assert [a[0::2] for a in answers[:1]] == [a[0::2] for a in answers[1:]]


def test_the_certificate_says_what_was_done_and_reveals_nothing(people, filed) -> None:
    keys = TipKey.objects.get()
    waited(approved(proposed(filed.tip, people["intake"]), people))

    certificate = Document.objects.get(kind="purge_certificate")
    assert certificate.stored_at is not None
    context = str(certificate.context)
    assert len(certificate.context["key_digests"]) == 3
    assert bytes(keys.for_bureau).hex() not in context
    for told in (STORY, "周举报", "13900001234", "现场", filed.code, "举报人要求。"):
        assert told not in context


def test_who_proposes_or_approved_once_does_not_approve(people, filed) -> None:
    many = a_person("many", "intake_officer", "leader", "chief")
    purge = proposed(filed.tip, many)
    with pytest.raises(DutyConflict):
        do(many, purge.run, "approve_purge", YES)
    both = a_person("both", "leader", "chief")
    do(both, purge.run, "approve_purge", YES)
    for person in (many, both):
        with pytest.raises(DutyConflict):
            do(person, purge.run, "approve_purge_again", YES)
    do(people["chief"], purge.run, "approve_purge_again", YES)


def test_a_refusal_ends_it(people, filed) -> None:
    purge = proposed(filed.tip, people["intake"])
    do(people["leader"], purge.run, "approve_purge", NO)

    assert waited(purge).destroyed_at is None
    assert contents.content_key(filed.tip)
    assert Run.objects.get(pk=purge.run_id).status == Run.Status.ENDED


def test_a_hold_forbids_a_purge_and_takes_back_the_one_that_waits(people, filed) -> None:
    purge = approved(proposed(filed.tip, people["intake"]), people)

    set_hold(filed.tip, actor=people["auditor"], reasons="诉讼需要", key="h", now=RECEIVED)
    assert waited(purge).destroyed_at is None
    assert purge.withdrawn_by == people["auditor"]
    with pytest.raises(HoldStands):
        set_hold(filed.tip, actor=people["leader"], reasons="x", key="h2", now=RECEIVED)
    with pytest.raises(PurgeRefused, match="hold|保留"):
        proposed(filed.tip, people["intake"])

    lift_hold(filed.tip, actor=people["leader"], reasons="诉讼已结束", key="l", now=LATER)
    again = approved(proposed(filed.tip, people["intake"], now=LATER), people)
    assert waited(again, LATER + timedelta(days=8)).destroyed_at is not None
    acts = set(JournalEntry.objects.filter(subject_kind="tip").values_list("act", flat=True))
    assert {
        "hold_set",
        "hold_lifted",
        "purge_proposed",
        "purge_decided",
        "purge_withdrawn",
        "keys_destroyed",
    } <= acts


def test_it_is_taken_back_at_any_time_before_the_end(people, filed) -> None:
    early = proposed(filed.tip, people["intake"])
    with pytest.raises(PurgeRunning):
        proposed(filed.tip, people["intake"])
    withdraw_purge(early, actor=people["leader"], key="w", now=RECEIVED)
    do(people["leader"], early.run, "approve_purge", YES)
    assert Run.objects.get(pk=early.run_id).status == Run.Status.ENDED

    late = approved(proposed(filed.tip, people["intake"]), people)
    withdraw_purge(late, actor=people["intake"], key="w2", now=RECEIVED)
    assert waited(late).destroyed_at is None
    with pytest.raises(PurgeRefused):
        withdraw_purge(late, actor=people["intake"], key="w3", now=LATER)


def test_open_matters_stand_in_the_way_with_words(people) -> None:
    open_tip = a_tip().tip
    with pytest.raises(PurgeRefused, match="still being handled"):
        proposed(open_tip, people["intake"])

    told = a_paid_case(people)
    reward = opened(told.tip)
    assert reward is not None
    to_notice(people, reward)
    words = " ".join(str(one) for one in obstacles_of(told.tip, "tipster", RECEIVED))
    assert "reward" in words and "case" in words
    assert PAYEE


def test_the_ground_of_a_period_needs_the_period_to_be_over(people, filed) -> None:
    last = last_day_of_keeping(filed.tip)
    assert last is not None and last.year == RECEIVED.year + 10
    with pytest.raises(PurgeRefused, match="period of keeping"):
        proposed(filed.tip, people["intake"], "retention")
    assert obstacles_of(filed.tip, "retention", RECEIVED.replace(year=RECEIVED.year + 11)) == []


def test_what_comes_in_the_way_during_the_waiting_time_stops_it(people, filed) -> None:
    purge = approved(proposed(filed.tip, people["intake"]), people)
    with transaction.atomic():
        Run.objects.filter(pk=filed.tip.run_id).update(status="running", ended_at=None)

    assert waited(purge).destroyed_at is None
    assert purge.stopped_at == LATER and len(purge.stopped_by) == 1
    assert contents.content_key(filed.tip)


def test_pages_lead_from_the_proposal_to_the_certificate(people, filed) -> None:
    def page(who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(people[who])
        return client

    address = reverse("tips:purge", args=[filed.tip.pk])
    with playing(RECEIVED):
        bare = page("intake").post(address, {"reasons": "写了一半"})
        entries = {"ground": "tipster", "reasons": "举报人要求。", "key": "k"}
        answer = page("intake").post(address, entries)
        listed = page("auditor").get(reverse("tips:purges")).content.decode()
        outsider = page("finance").get(address)
        by_leader = page("leader").post(address, entries)
    assert bare.status_code == 422 and "写了一半" in bare.content.decode()
    assert answer.status_code == 302 and filed.tip.number in listed
    assert outsider.status_code == by_leader.status_code == 404

    waited(approved(TipPurge.objects.get(), people))
    with playing(LATER):
        done = page("leader").get(address).content.decode()
        tip_page = page("intake").get(reverse("tips:tip", args=[filed.tip.pk])).content.decode()
    assert "Destroyed" in done and Document.objects.get(kind="purge_certificate").number in done
    assert "nobody can open the content any more" in tip_page
