"""What a tipster sends after the case was opened follows into it, redacted, once."""

import io
import threading
import time
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casework import storage
from casework.errors import NotFound
from casework.models import Evidence
from tests.factories.tips import RECEIVED, a_real_name_filing, a_tip
from tests.tips.conftest import publish
from tests.tips.working import FILED, do, staff, to_decision
from tips.files.attachments import Attachment
from tips.files.errors import CaseIsOver, HandedOnAlready
from tips.models import Tip, TipFile
from tips.purging.erasing import destroy
from tips.sealing import contents
from tips.services.add_files import add_files
from tips.services.hand_on_later import hand_on_later, waiting_files
from workflows.background.relay import drain
from workflows.models import JournalEntry

NAME, ADDED = "补充照片", "举报人补充：另有两名患者。"


def a_late_file(people) -> TipFile:  # type: ignore[no-untyped-def]
    """A photograph that names its camera, sent when the case was open."""
    tip = a_tip(a_real_name_filing()).tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", FILED)
    photo = Attachment.of("王某拍摄.jpg", "image/jpeg", a_photo())
    tip = Tip.objects.get(pk=tip.pk)
    add_files(tip, [photo], content_key=contents.content_key(tip), key="late", now=RECEIVED)
    drain(RECEIVED)
    return tip.files.select_related("tip__case").get(state=TipFile.State.CHECKED)


def a_photo(colour: str = "red") -> bytes:
    source, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    Image.new("RGB", (8, 8), colour).save(source, "JPEG", exif=exif)
    return source.getvalue()


def handed(people, file: TipFile, who: str = "intake", added: str = "", **names: str) -> None:  # type: ignore[no-untyped-def]
    facts = {"actor": people[who], "key": str(uuid4()), "now": RECEIVED}
    hand_on_later(file.tip, handed_on=names or {str(file.pk): NAME}, added=added, **facts)
    drain(RECEIVED)


def test_a_later_file_enters_the_case_under_its_harmless_name_and_cleaned(people) -> None:
    file = a_late_file(people)
    assert not Evidence.objects.exists()

    handed(people, file, added=ADDED)

    found = Evidence.objects.get()
    assert (found.case, found.title, found.file_name) == (file.tip.case, NAME, f"{NAME}.jpg")
    assert b"SECRETPHONE" not in storage.get(found.object_key, found.version_id)
    assert found.custody.get().note == file.tip.register_number
    file.tip.refresh_from_db()
    for words in (file.tip.reviewed_copy, found.case.summary):
        assert words.endswith(f"2025-03-12\n{ADDED}"), "the handlers read it in the case"
    assert JournalEntry.objects.get(act="report_followed").run == found.case.run, "the case says that it came"
    entry = JournalEntry.objects.get(act="handed_on_later")
    assert ADDED not in str(entry.__dict__) and "王某" not in str(entry.__dict__)


def test_nothing_goes_twice_and_nothing_goes_in_part(people) -> None:
    file = a_late_file(people)
    handed(people, file)

    with pytest.raises(HandedOnAlready):
        handed(people, file, added=ADDED)

    file.tip.refresh_from_db()
    assert ADDED not in file.tip.reviewed_copy
    assert Evidence.objects.count() == 1


def test_nothing_follows_into_a_case_that_is_concluded_or_was_never_opened(people) -> None:
    file = a_late_file(people)
    type(file.tip.case).objects.filter(pk=file.tip.case_id).update(concluded_at=timezone.now())

    with pytest.raises(CaseIsOver):
        handed(people, file)
    type(file.tip.case).objects.filter(pk=file.tip.case_id).update(concluded_at=None)
    Tip.objects.filter(pk=file.tip_id).update(case=None)
    with pytest.raises(CaseIsOver):
        handed(people, file)

    file.refresh_from_db()
    assert not file.is_handed_on


def test_nothing_follows_from_a_report_whose_keys_are_gone(people) -> None:
    file = a_late_file(people)
    with transaction.atomic():
        destroy(file.tip, now=RECEIVED)

    with pytest.raises(CaseIsOver):
        handed(people, file, added=ADDED)


@pytest.mark.parametrize("who", ["handler", "finance", "identity_officer", "auditor"])
def test_who_may_not_open_the_words_hands_nothing_on(people, who: str) -> None:
    file = a_late_file(people)

    with pytest.raises(NotFound):
        handed(people, file, who)


def test_the_officer_does_it_on_the_page_of_the_tip(people, client) -> None:
    file = a_late_file(people)
    client.force_login(people["intake"])
    english = {"Accept-Language": "en"}
    page = reverse("tips:tip", args=[file.tip_id])
    shown = client.get(f"{page}?words=open", headers=english).content.decode()
    assert f"name_{file.pk}" in shown and "Into the case" in shown
    assert "1 file is not in the case yet." in shown
    address, key = reverse("tips:tip_hand_on", args=[file.tip_id]), {"key": "k"}

    nothing = client.post(address, {**key, "added": ""}, headers=english)
    nameless = client.post(address, {**key, f"hand_on_{file.pk}": "on", "added": ADDED}, headers=english)
    done = client.post(address, {**key, f"hand_on_{file.pk}": "on", f"name_{file.pk}": NAME}, headers=english)

    assert (nothing.status_code, nameless.status_code, done.status_code) == (422, 422, 302)
    assert ADDED in nameless.content.decode(), "what was typed stays"
    file.refresh_from_db()
    assert file.is_handed_on
    assert f"name_{file.pk}" not in client.get(f"{page}?words=open").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_of_two_officers_at_once_one_hands_it_on() -> None:
    publish()
    people = staff()
    file, answers, together = a_late_file(people), [], threading.Barrier(2)

    def act() -> None:
        together.wait(timeout=10)
        try:
            handed(people, file)
            answers.append("done")
        except HandedOnAlready:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    drain(RECEIVED)
    assert sorted(answers) == ["done", "refused"]
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_officers_with_different_files_make_each_of_them_evidence_once(monkeypatch) -> None:
    publish()
    people = staff()
    first = a_late_file(people)
    other = Attachment.of("清单.jpg", "image/jpeg", a_photo("blue"))
    add_files(first.tip, [other], content_key=contents.content_key(first.tip), key="more", now=RECEIVED)
    drain(RECEIVED)
    for file in waiting_files(first.tip):
        facts = {"actor": people["intake"], "key": str(uuid4()), "now": RECEIVED}
        hand_on_later(first.tip, handed_on={str(file.pk): f"照片{file.pk.hex[:4]}"}, added="", **facts)
    put, failures = storage.put, []
    # Whoever is inside stays there for a moment: without the lock the other would be inside as well.
    monkeypatch.setattr(storage, "put", lambda *a, **k: (time.sleep(0.5), put(*a, **k))[1])

    def relay() -> None:
        try:
            drain(RECEIVED)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=relay) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(Evidence.objects.values_list("object_key", flat=True)) == sorted(
        f"evidence/{first.tip.case_id}/tip/{file.pk}" for file in first.tip.files.all()
    )
