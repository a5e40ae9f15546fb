"""Evidence: only what arrived whole and is what it says becomes evidence, and then nobody removes it."""

import hashlib
import io

import pytest
import urllib3
from django.core.files.uploadedfile import SimpleUploadedFile

from casework import storage
from casework.errors import EvidenceRefused, NotFound, ObjectLocked, ObjectMissing
from casework.models import CustodyEntry, Evidence
from casework.rules.custody import LARGEST_FILE, LARGEST_FORM_FILE
from casework.services import add_evidence
from casework.services.add_evidence import Announced
from casework.services.describe_evidence import describe_evidence, take_out_awaited
from casework.services.read_evidence import read_evidence
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 \xe7\x97\x85\xe5\x8e\x86"
browser = urllib3.PoolManager()


@pytest.fixture
def case():
    return make.handled_case()


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def begin(case, body: bytes = PDF, **changes):
    facts = {"name": "病历.pdf", "size": len(body), "media_type": "application/pdf", "sha256": sha256(body)}
    return add_evidence.begin_upload(
        actor=make.handler_of(case), case=case, announced=Announced(**{**facts, **changes}), now=make.MOMENT
    )


def finish(evidence, actor=None):
    return add_evidence.finish_upload(
        actor=actor or evidence.added_by, evidence=evidence, key=make.key(), now=make.MOMENT
    )


def put_small(case, body: bytes, name: str = "a.pdf"):
    return add_evidence.add_small_file(
        actor=make.handler_of(case),
        case=case,
        file=SimpleUploadedFile(name, body),
        kind="documentary",
        title="病历",
        key=make.key(),
        now=make.MOMENT,
    )


def test_a_file_goes_from_the_browser_to_the_store_and_under_lock(case):
    evidence, link = begin(case)
    assert browser.request("PUT", link, body=PDF).status == 200
    finish(evidence)
    evidence.refresh_from_db()
    assert evidence.state == Evidence.State.STORED
    assert evidence.retained_until.year == 2035
    with pytest.raises(ObjectLocked):
        storage.discard(evidence.object_key, evidence.version_id)
    assert storage.get(evidence.object_key, evidence.version_id) == PDF
    assert [entry.act for entry in evidence.custody.all()] == ["received"]
    assert case.run.journal.filter(act="evidence_stored", details__evidence=str(evidence.pk)).exists()


def test_finishing_twice_changes_nothing(case):
    evidence, link = begin(case)
    browser.request("PUT", link, body=PDF)
    finish(evidence)
    finish(evidence)
    assert evidence.custody.count() == 1


def test_a_file_that_never_arrived_stays_awaited_and_can_be_sent_again_or_given_up(case):
    evidence, link = begin(case)
    with pytest.raises(ObjectMissing):
        finish(evidence)
    evidence.refresh_from_db()
    assert evidence.state == Evidence.State.AWAITED
    browser.request("PUT", link, body=PDF)
    finish(evidence)
    other, _ = begin(case)
    take_out_awaited(actor=other.added_by, evidence=other, now=make.MOMENT)
    other.refresh_from_db()
    assert other.state == Evidence.State.REFUSED


def test_the_store_itself_refuses_bytes_that_were_not_announced(case):
    evidence, link = begin(case)
    assert browser.request("PUT", link, body=PDF[:-1]).status == 400
    with pytest.raises(ObjectMissing):
        finish(evidence)


def test_a_file_cut_off_without_an_announced_fingerprint_is_refused_and_taken_out(case):
    evidence, link = begin(case, sha256="")
    browser.request("PUT", link, body=PDF[:5])
    with pytest.raises(EvidenceRefused):
        finish(evidence)
    evidence.refresh_from_db()
    assert evidence.state == Evidence.State.REFUSED and evidence.refusal
    assert storage.versions(evidence.object_key) == []


def test_bytes_that_changed_are_refused(case):
    evidence, _link = begin(case)
    storage.put(evidence.object_key, io.BytesIO(PDF[::-1]), len(PDF), media_type="x/y")
    with pytest.raises(EvidenceRefused):
        finish(evidence)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.pdf", b"MZ\x90\x00 a program that calls itself a document"),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("a.txt", b"<!DOCTYPE html><html></html>"),
        ("a.zip", b"PK\x03\x04 an archive that hides what it holds"),
        ("a.bin", b"\x00\x01\x02\x03"),
    ],
)
def test_a_type_that_may_not_become_evidence_is_refused_by_its_content(case, name, body):
    with pytest.raises(EvidenceRefused):
        put_small(case, body, name)
    assert not case.evidence.filter(state=Evidence.State.STORED).exists()
    assert not CustodyEntry.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"size": 0}, {"size": -1}, {"size": LARGEST_FILE + 1}, {"sha256": "zz" * 32}, {"sha256": "ab"}],
)
def test_what_cannot_be_right_is_refused_before_a_link_is_given(case, changes):
    with pytest.raises(EvidenceRefused):
        begin(case, **changes)
    assert not case.evidence.exists()


def test_the_form_takes_small_files_only_and_no_empty_ones(case):
    assert put_small(case, "询问笔录".encode("gb18030"), "笔录.txt").media_type == "text/plain"
    with pytest.raises(EvidenceRefused):
        put_small(case, b"")
    large = SimpleUploadedFile("film.mp4", b"")
    large.size = LARGEST_FORM_FILE + 1
    with pytest.raises(EvidenceRefused):
        add_evidence.add_small_file(
            actor=make.handler_of(case),
            case=case,
            file=large,
            kind="audiovisual",
            title="录像",
            key=make.key(),
            now=make.MOMENT,
        )


def test_only_handlers_add_evidence_and_only_the_sender_finishes(case):
    chief = make.account(case.bureau, "chief")
    with pytest.raises(NotFound):
        add_evidence.begin_upload(actor=chief, case=case, announced=Announced("a", 1), now=make.MOMENT)
    evidence, _link = begin(case)
    colleague = case.handlers.order_by("id")[1].officer.account
    with pytest.raises(NotFound):
        finish(evidence, actor=colleague)


def test_nothing_is_added_to_a_closed_case(case):
    case.concluded_at = case.closed_at = make.MOMENT
    case.save()
    with pytest.raises(EvidenceRefused):
        begin(case)


def test_paths_and_control_characters_are_cut_from_names(case):
    evidence, _link = begin(case, name="..\\..\\C:\\病历\x00\n.pdf")
    assert evidence.file_name == "病历.pdf"


def test_every_look_is_in_the_custody_and_in_the_journal(case):
    evidence = put_small(case, PDF)
    chief = make.account(case.bureau, "chief")
    link = read_evidence(actor=chief, evidence=evidence, download=True, now=make.MOMENT)
    assert browser.request("GET", link).data == PDF
    assert list(evidence.custody.values_list("act", "actor"))[-1] == ("downloaded", chief.pk)
    assert case.run.journal.filter(act="evidence_downloaded", actor=chief).exists()


def test_a_file_is_described_by_its_sender(case):
    evidence = put_small(case, PDF)
    describe_evidence(
        actor=evidence.added_by,
        case=case,
        ids=[evidence.pk],
        kind="expert",
        title="鉴定意见",
        key=make.key(),
        now=make.MOMENT,
    )
    evidence.refresh_from_db()
    assert (evidence.kind, evidence.title) == ("expert", "鉴定意见")
    stranger = case.handlers.order_by("id")[1].officer.account
    with pytest.raises(NotFound):
        describe_evidence(
            actor=stranger,
            case=case,
            ids=[evidence.pk],
            kind="expert",
            title="x",
            key=make.key(),
            now=make.MOMENT,
        )
