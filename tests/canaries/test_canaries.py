"""Nothing that a tipster tells lies open anywhere; and the search finds it when nothing is sealed."""

import logging
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches
from django.utils.log import AdminEmailHandler

from tests.canaries import places
from tests.canaries.marks import Marks, forms_of
from tests.canaries.places import Log, Place
from tests.canaries.planting import Tipster, everything
from tests.canaries.searching import search
from tests.tips.conftest import publish
from tips.models import PaymentLine, TipFile, TipUpload
from tips.sealing import envelopes, stream

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marks(transactional_db: None) -> Marks:
    publish()
    caches["short_lived"].clear()
    return Marks()


@pytest.fixture
def log(settings) -> Iterator[Log]:  # type: ignore[no-untyped-def]
    """The log at DEBUG, and Django's reports of errors by mail as a bureau might switch them on."""
    settings.ADMINS = [("operator", "operator@example.org")]
    kept, root, reports = Log(), logging.getLogger(), AdminEmailHandler(include_html=True)
    reports.setLevel(logging.ERROR)
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(kept.handler)
    root.addHandler(reports)
    yield kept
    root.removeHandler(kept.handler)
    root.removeHandler(reports)
    root.setLevel(before)


@pytest.fixture
def temporary(tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    """Where uploads pass through files: all of them."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    return tmp_path


def everywhere(marks: Marks, tipster: Tipster, log: Log, temporary: Path) -> Iterator[Place]:
    return chain(
        places.database(),
        places.valkey(),
        places.store(marks.since),
        places.mails(),
        log.lines(),
        places.cookies_and_addresses(tipster.browser, tipster.addresses),
        places.files(temporary),
        places.data_folder(),
    )


def test_nothing_that_a_tipster_told_lies_open_anywhere(marks, log, temporary) -> None:
    tipster, _people = everything(marks)

    done = search(marks, everywhere(marks, tipster, log, temporary))

    assert done.size > 10_000_000 and done.places > 300
    files = list(TipFile.objects.all())
    assert len(files) == 4 and {file.state for file in files} == {TipFile.State.CHECKED}
    assert TipUpload.objects.get().arrived and PaymentLine.objects.get().state == PaymentLine.State.RETURNED
    reports = [one for one in mail.outbox if "Internal Server Error" in one.subject]
    assert len(reports) >= 4 and len(mail.outbox) > len(reports)
    assert all("RuntimeError" in one.body and "USER:" not in one.body for one in reports)
    # The cookie itself must hold the token.
    assert [str(found) for found in done.found if str(found) != "token in cookies"] == []


class NoSeal:
    """A cipher that hides nothing: what the sealing would be if somebody switched it off."""

    def __init__(self, key: bytes) -> None:
        self._tag = b"\0" * 16

    def encrypt(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        return plain + self._tag

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        return sealed[:-16]


def test_the_search_finds_everything_when_nothing_is_sealed(marks, log, temporary, monkeypatch) -> None:
    monkeypatch.setattr(envelopes, "AESGCM", NoSeal)
    monkeypatch.setattr(stream, "AESGCM", NoSeal)
    tipster, _people = everything(marks)

    done = search(marks, everywhere(marks, tipster, log, temporary))

    by_place = {found.place.split()[0]: set() for found in done.found}
    for found in done.found:
        by_place[found.place.split()[0]].add(found.mark)
    assert {"story", "place", "name", "telephone", "email", "file_name", "message", "payee"} <= by_place[
        "table"
    ]
    assert {"identity_number", "account"} <= by_place["table"]
    assert {"letter", "letter_name", "asked", "answer", "answer_name"} <= by_place["table"]
    assert {"upload_name", "part_name"} <= by_place["table"]
    assert {"second_payee", "second_identity_number", "second_account"} <= by_place["table"]
    assert {"file_words", "upload_words", "letter_words"} <= by_place["object"]
    assert {"story", "file_words", "part_words"} <= by_place["file"]


@pytest.mark.parametrize("form", ["plain", "hex", "base64", "json", "address"])
def test_a_mark_is_found_in_each_form(form: str) -> None:
    import json
    from base64 import b64encode
    from urllib.parse import quote

    value = Marks().story
    written = {
        "plain": value.encode(),
        "hex": value.encode().hex().encode(),
        "base64": b64encode(b"x" * 7 + value.encode() + b"yy"),
        "json": json.dumps({"a": value}).encode(),
        "address": f"/x?q={quote(value)}".encode(),
    }[form]

    assert any(needle in written for needle in forms_of(value))


def test_a_mark_in_the_log_in_a_cookie_or_a_mail_is_found(marks, log, temporary) -> None:
    tipster = Tipster(marks)
    logging.getLogger("anything").debug("the caller said %s", marks.name)
    tipster.browser.cookies["x"] = marks.telephone
    tipster.addresses.append(f"/follow/?code={marks.account}")
    caches["short_lived"].set("x", marks.message)
    mail.send_mail("x", marks.place, None, ["a@example.org"])

    done = search(marks, everywhere(marks, tipster, log, temporary))

    found = {(one.mark, one.place.split()[0]) for one in done.found}
    assert {("name", "log"), ("telephone", "cookies"), ("account", "addresses")} <= found
    assert {("message", "valkey"), ("place", "mail")} <= found
