"""Resumable uploads as the browser speaks them: lost answers, two windows, strangers, a store that goes away."""

import secrets
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework import storage
from casework.errors import ObjectLocked, ObjectMissing, StoreDown
from tests.factories.tips import RECEIVED, a_filing, a_tip
from tests.tips.files import made
from tips.errors import UploadRefused
from tips.files import attachments, baskets
from tips.models import Tip, TipFile, TipUpload
from tips.sealing import contents
from tips.services import receive_upload, sweep_uploads
from tips.services.file_tip import file_tip
from tips.services.receive_upload import LARGEST_UPLOAD
from tips.services.sweep_uploads import sweep
from workflows.background.relay import drain
from workflows.now import now

pytestmark = pytest.mark.usefixtures("models")
PART = 5 * 1024 * 1024
FILM = made.film(frames=b"CANARYFRAMES" * 2000)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The least that a store takes for a part that is not the last."""
    monkeypatch.setattr(receive_upload, "PART", PART)


class Browser:
    """Speaks the protocol for one form."""

    def __init__(self, basket: str = "") -> None:
        self.client = Client()
        self.headers = {"Tus-Resumable": "1.0.0"}
        if basket:
            self.headers["X-Upload-Basket"] = basket

    def begin(self, size: int, name: str = "监控.mp4"):  # type: ignore[no-untyped-def]
        more = {
            "Upload-Length": str(size),
            "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}",
        }
        return self.client.post(reverse("tips:uploads"), headers=self.headers | more)

    def send(self, url: str, offset: int, part: bytes, **more: str):  # type: ignore[no-untyped-def]
        headers = self.headers | {"Upload-Offset": str(offset)} | more
        return self.client.patch(url, part, content_type="application/offset+octet-stream", headers=headers)

    def place(self, url: str):  # type: ignore[no-untyped-def]
        return self.client.head(url, headers=self.headers)

    def send_all(self, content: bytes, name: str = "监控.mp4") -> str:
        url: str = self.begin(len(content), name)["Location"]
        for offset in range(0, len(content), PART):
            assert self.send(url, offset, content[offset : offset + PART]).status_code == 204
        return url


@pytest.fixture
def basket() -> str:
    return baskets.new_basket()


def filed_with(basket: str) -> Tip:
    owner = baskets.owner_of_basket(basket)
    return file_tip(a_filing(), files=[], seed=secrets.token_bytes(32), now=RECEIVED, basket=owner).tip


def test_a_file_in_parts_becomes_a_checked_file_of_the_report(basket: str) -> None:
    Browser(basket).send_all(FILM)

    tip = filed_with(basket)
    drain(RECEIVED)

    file = tip.files.get()
    key = contents.content_key(tip)
    assert len(FILM) > 2 * PART
    assert (file.state, file.media_type, file.size) == (TipFile.State.CHECKED, "video/mp4", len(FILM))
    assert b"".join(attachments.stream(file, key)) == FILM
    assert attachments.name_of(file, key) == "监控.mp4"
    assert file.retained_until is not None
    assert storage.locked_until(file.object_key, file.version_id) == file.retained_until.replace(
        microsecond=0
    )
    assert not TipUpload.objects.exists()


def test_nothing_plain_is_in_the_store_or_in_a_table(basket: str) -> None:
    Browser(basket).send_all(FILM, "CANARYNAME.mp4")
    upload = TipUpload.objects.get()

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tips_tipupload t")
        row = cursor.fetchone()[0]

    assert b"CANARY" not in storage.get(upload.object_key, upload.version_id)
    assert "CANARY" not in row
    assert b"CANARY".hex() not in row
    assert basket not in row


def test_after_a_lost_answer_the_place_is_asked_and_the_file_goes_on(basket: str) -> None:
    browser = Browser(basket)
    url = browser.begin(len(FILM))["Location"]
    browser.send(url, 0, FILM[:PART])

    again = browser.send(url, 0, FILM[:PART])
    other_process = Browser(basket)
    place = int(other_process.place(url)["Upload-Offset"])

    assert again.status_code == 409
    assert place == PART
    for offset in range(place, len(FILM), PART):
        assert other_process.send(url, offset, FILM[offset : offset + PART]).status_code == 204
    filed_with(basket)
    drain(RECEIVED)
    assert TipFile.objects.get().state == TipFile.State.CHECKED


def test_with_the_store_away_between_parts_the_browser_is_asked_to_try_again(basket: str, settings) -> None:
    browser = Browser(basket)
    url = browser.begin(len(FILM))["Location"]
    browser.send(url, 0, FILM[:PART])
    working = settings.OBJECT_STORE
    settings.OBJECT_STORE = replace(working, endpoint="http://127.0.0.1:9")

    down = browser.send(url, PART, FILM[PART : 2 * PART])
    settings.OBJECT_STORE = working

    assert (down.status_code, down["Retry-After"]) == (503, "10")
    assert int(browser.place(url)["Upload-Offset"]) == PART
    assert browser.send(url, PART, FILM[PART : 2 * PART]).status_code == 204


@pytest.mark.parametrize(
    ("size", "name", "status"),
    [(0, "a.mp4", 422), (4 * 1024**3, "a.mp4", 413), (LARGEST_UPLOAD + 1, "a.mp4", 413)],
)
def test_a_wrong_size_is_refused_at_the_beginning_in_words(
    basket: str, size: int, name: str, status: int
) -> None:
    refused = Browser(basket).begin(size, name)

    assert refused.status_code == status
    assert name in refused.content.decode()
    assert not TipUpload.objects.exists()


def test_a_wrong_kind_is_refused_with_its_first_part(basket: str) -> None:
    browser = Browser(basket)
    url = browser.begin(9, "../../\u202ephoto.jpg")["Location"]

    refused = browser.send(url, 0, b"MZ\x90\x00\x00\x00\x00\x00\x00")

    assert refused.status_code == 415
    assert "“photo.jpg”" in refused.content.decode() or "photo.jpg" in refused.content.decode()
    assert "\u202e" not in refused.content.decode()


def test_too_many_files_and_parts_of_a_wrong_length_are_refused(basket: str) -> None:
    browser = Browser(basket)
    made_so = [browser.begin(9).status_code for _ in range(receive_upload.MOST_UPLOADS + 1)]
    url = reverse("tips:upload", args=[TipUpload.objects.all()[0].pk])

    assert made_so == [201] * receive_upload.MOST_UPLOADS + [422]
    assert browser.send(url, 0, b"short").status_code == 400
    assert browser.send(url, 0, bytes(PART + 1)).status_code in (400, 413)
    assert browser.send(url, 0, b"123456789", **{"Upload-Checksum": "sha256 AAAA"}).status_code == 460


def test_what_belongs_to_no_report_fills_only_its_part_of_the_store(basket: str, settings) -> None:
    settings.UNFILED_BYTES = PART + 2000
    one, other = Browser(basket), Browser(baskets.new_basket())
    content, short = FILM[:PART] + b"\0" * 3000, FILM[:3000]
    first, second = one.begin(len(content))["Location"], other.begin(len(short))["Location"]
    assert one.send(first, 0, content[:PART]).status_code == 204

    crowded = [other.send(second, 0, short), other.begin(9), one.send(first, PART, content[PART:])]

    assert [answer.status_code for answer in crowded] == [429, 201, 429]
    assert "先提交举报" in crowded[0].content.decode()
    assert one.place(first)["Upload-Offset"] == str(PART)


def test_a_report_that_was_sent_takes_files_when_the_place_for_others_is_full(basket: str, settings) -> None:
    tip = a_tip().tip
    settings.UNFILED_BYTES = 0

    made_of_tip = receive_upload.begin_upload(
        baskets.Owner(b"k" * 32, tip=tip), name="a.mp4", size=9, now=now()
    )

    assert made_of_tip.tip == tip
    with pytest.raises(UploadRefused):
        receive_upload.begin_upload(baskets.Owner(b"k" * 32, basket="b"), name="a.mp4", size=9, now=now())


def test_strangers_find_nothing(basket: str) -> None:
    url = Browser(basket).begin(9)["Location"]

    for stranger in (Browser(), Browser(baskets.new_basket()), Browser("forged")):
        assert stranger.place(url).status_code == 404
        assert stranger.send(url, 0, b"123456789").status_code == 404
        assert stranger.client.delete(url, headers=stranger.headers).status_code == 404


def test_without_the_token_of_the_site_nothing_begins(basket: str) -> None:
    strict = Browser(basket)
    strict.client = Client(enforce_csrf_checks=True)

    assert strict.begin(9).status_code == 403


def test_what_was_given_up_is_gone_from_the_store(basket: str) -> None:
    browser = Browser(basket)
    url = browser.send_all(FILM)
    upload = TipUpload.objects.get()

    assert browser.client.delete(url, headers=browser.headers).status_code == 204
    assert storage.versions(upload.object_key) == []
    assert browser.place(url).status_code == 404


def test_an_unfinished_file_goes_on_from_the_status_page_after_the_report_was_sent(basket: str) -> None:
    url = Browser(basket).begin(len(FILM))["Location"]
    Browser(basket).send(url, 0, FILM[:PART])
    owner, seed = baskets.owner_of_basket(basket), secrets.token_bytes(32)
    filed = file_tip(a_filing(), files=[], seed=seed, now=now(), basket=owner)
    tipster = Browser()
    tipster.client.post(reverse("tips:follow"), {"code": filed.code})

    listed = tipster.client.get(reverse("tips:uploads")).json()["uploads"]
    for offset in range(PART, len(FILM), PART):
        assert tipster.send(url, offset, FILM[offset : offset + PART]).status_code == 204
    drain(now())

    assert filed.unfinished_files == 1
    assert [(one["name"], one["arrived"]) for one in listed] == [("监控.mp4", PART)]
    assert Browser(basket).place(url).status_code == 404
    assert filed.tip.files.get().state == TipFile.State.CHECKED
    assert int(tipster.place(url)["Upload-Offset"]) == len(FILM)


def test_the_sweep_forgets_what_nobody_goes_on_with(basket: str) -> None:
    browser = Browser(basket)
    browser.send(browser.begin(len(FILM))["Location"], 0, FILM[:PART])

    assert sweep(now() + timedelta(days=1)) == 0
    assert sweep(now() + timedelta(days=3)) == 1
    assert not TipUpload.objects.exists()


def test_what_the_store_finished_and_nobody_noted_is_removed_with_its_upload(basket: str) -> None:
    browser = Browser(basket)
    browser.send(browser.begin(len(FILM))["Location"], 0, FILM[:PART])
    upload = TipUpload.objects.get()
    storage.finish_parts(upload.object_key, upload.store_upload, upload.marks)

    assert sweep(now() + timedelta(days=3)) == 1

    with pytest.raises(ObjectMissing):
        storage.stat(upload.object_key)


def test_a_refused_file_is_told_to_its_tipster_and_to_no_officer(basket: str) -> None:
    Browser(basket).send_all(made.paper(script=True), "合同.pdf")
    owner = baskets.owner_of_basket(basket)
    filed = file_tip(a_filing(), files=[], seed=secrets.token_bytes(32), now=now(), basket=owner)
    drain(now())
    client = Client()
    client.post(reverse("tips:follow"), {"code": filed.code})

    page = client.get(reverse("tips:report_status")).content.decode()

    file = filed.tip.files.get()
    assert (file.state, file.refusal) == (TipFile.State.REFUSED, "active")
    assert "合同.pdf" in page
    assert sweep(now()) == 1
    assert storage.versions(file.object_key) == []


def test_the_sweep_leaves_what_a_report_took_meanwhile(basket: str, monkeypatch) -> None:
    """The report is sent between the moment when the sweep looks around and the moment when it acts."""
    url = Browser(basket).send_all(FILM)
    upload = TipUpload.objects.get()
    TipUpload.objects.update(expires_at=now() - timedelta(days=1))
    looked = sweep_uploads._each

    def filed_meanwhile(keys, act):  # type: ignore[no-untyped-def]
        found = list(keys)
        if upload.pk in found:
            filed_with(basket)
        return looked(found, act)

    monkeypatch.setattr(sweep_uploads, "_each", filed_meanwhile)

    assert sweep(now()) == 0
    assert Browser(basket).place(url).status_code == 404
    assert storage.stat(upload.object_key, upload.version_id).size > len(FILM)
    assert TipFile.objects.get().pk == upload.pk


def test_one_upload_that_cannot_be_swept_keeps_no_other_from_its_turn(basket: str, monkeypatch) -> None:
    Browser(basket).send_all(FILM)
    Browser(other := baskets.new_basket()).send_all(FILM)
    bad = TipUpload.objects.get(basket=baskets.owner_of_basket(basket).basket)  # type: ignore[union-attr]
    discard = storage.discard

    def refusing(key: str, version: str) -> None:
        if key == bad.object_key:
            raise ObjectLocked
        discard(key, version)

    monkeypatch.setattr(storage, "discard", refusing)

    assert other
    assert sweep(now() + timedelta(days=3)) == 1
    assert list(TipUpload.objects.all()) == [bad]


def test_a_refused_file_that_is_under_lock_goes_when_the_lock_ends(basket: str) -> None:
    Browser(basket).send_all(made.paper(script=True), "合同.pdf")
    until = now() + timedelta(days=40)
    upload = TipUpload.objects.get()
    storage.lock(upload.object_key, upload.version_id, until)
    tip = filed_with(basket)
    drain(now())
    sweep(now())

    file = tip.files.get()
    assert (file.state, file.refusal) == (TipFile.State.REFUSED, "active")
    assert file.retained_until == until.replace(microsecond=0)
    assert file.version_id
    assert sweep(now()) == 0


def test_an_upload_has_its_place_in_the_store_from_the_beginning(basket: str, settings, monkeypatch) -> None:
    """A first part that the store does not take leaves nothing there that nobody knows of."""
    begun: list[str] = []
    begin = storage.begin_parts
    monkeypatch.setattr(storage, "begin_parts", lambda key: begun.append(begin(key)) or begun[-1])
    browser = Browser(basket)
    url = browser.begin(len(FILM))["Location"]

    def down(*_args: object) -> str:
        raise StoreDown

    with monkeypatch.context() as away:
        away.setattr(storage, "put_part", down)
        assert [browser.send(url, 0, FILM[:PART]).status_code for _ in range(2)] == [503, 503]
    assert browser.send(url, 0, FILM[:PART]).status_code == 204
    assert begun == [TipUpload.objects.get().store_upload]


def test_with_the_store_away_no_upload_begins(basket: str, settings) -> None:
    settings.OBJECT_STORE = replace(settings.OBJECT_STORE, endpoint="http://127.0.0.1:9")

    refused = Browser(basket).begin(9)

    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert not TipUpload.objects.exists()


def test_a_plain_report_has_no_uploads() -> None:
    assert a_tip().unfinished_files == 0
