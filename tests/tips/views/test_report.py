"""Reporting over HTTP: what arrives whole becomes one tip, everything else nothing."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.tips import PNG, STORY, a_bureau, a_tip, an_institution
from tips.files.uploads import LARGEST_FILE
from tips.models import Tip, TipFile
from tips.sealing import filing_keys

pytestmark = pytest.mark.usefixtures("models")
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{2}")


@pytest.fixture
def entries() -> dict[str, object]:
    """A complete anonymous report."""
    a_bureau()
    return {
        "key": filing_keys.new_filing_key(),
        "is_real_name": "no",
        "target_kind": "organisation",
        "target_name": "康宁",
        "institution": an_institution().code,
        "story": STORY,
        "conducts": ["false_items"],
        "wants_reward": "yes",
        "consent": "on",
    }


def send(client: Client, entries: dict[str, object], **more: object):  # type: ignore[no-untyped-def]
    return client.post(reverse("tips:report"), {**entries, **more})


def code_in(response) -> str:  # type: ignore[no-untyped-def]
    text = re.sub(r"<[^>]+>", "", response.content.decode())
    found = CODE.search(text)
    assert found, text[:2000]
    return found.group()


def a_file(content: bytes, name: str = "清单.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_report_is_filed_and_its_receipt_shown(client: Client, entries) -> None:
    response = send(client, entries, files=[a_file(PNG)])

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    tip = Tip.objects.get()
    assert tip.institution is not None
    assert tip.wants_reward
    assert tip.files.get().state == TipFile.State.RECEIVED
    assert code_in(response)


def test_sent_twice_it_is_one_report_and_the_same_receipt(client: Client, entries) -> None:
    first, second = send(client, entries), send(client, entries)

    assert Tip.objects.count() == 1
    assert code_in(first) == code_in(second)


def test_a_kept_receipt_is_never_shown_again(client: Client, entries) -> None:
    code = code_in(send(client, entries))

    kept = client.post(reverse("tips:report_kept"), {"key": entries["key"], "last": code[-7:]})
    again = send(client, entries)

    assert kept.url == reverse("tips:report_status")
    assert again.status_code == 409
    assert not CODE.search(re.sub(r"<[^>]+>", "", again.content.decode()))


def test_a_wrong_end_of_the_code_keeps_the_receipt_open(client: Client, entries) -> None:
    code = code_in(send(client, entries))

    response = client.post(reverse("tips:report_kept"), {"key": entries["key"], "last": "000000"})

    assert response.status_code == 422
    assert code_in(response) == code


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.png"),
        (b"MZ" + b"\0" * 100, "photo.jpg"),
        (b"<html><script>1</script></html>", "page.pdf"),
        (b"PK\x03\x04" + b"\0" * 100, "letter.docx"),
        (PNG + b"\0" * LARGEST_FILE, "large.png"),
    ],
    ids=["empty", "program", "page", "broken office file", "too large"],
)
def test_a_refused_file_files_nothing_and_keeps_what_was_typed(client, entries, content, name) -> None:
    response = send(client, entries, files=[a_file(content, name)])

    assert response.status_code == 422
    assert name in response.content.decode()
    assert STORY[:10] in response.content.decode()
    assert not Tip.objects.exists()


def test_more_than_ten_files_are_refused_together(client: Client, entries) -> None:
    response = send(client, entries, files=[a_file(PNG) for _ in range(11)])

    assert response.status_code == 422
    assert not Tip.objects.exists()


def multipart(entries, *, cut: int = 0) -> tuple[bytes, str]:  # type: ignore[no-untyped-def]
    boundary = "edge"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in entries.items()
        if isinstance(value, str)
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'.encode()
    body = b"".join(parts) + head + PNG + f"\r\n--{boundary}--\r\n".encode()
    return body[: len(body) - cut], f"multipart/form-data; boundary={boundary}"


@pytest.mark.parametrize("cut", [12, 40], ids=["last boundary missing", "file cut off"])
def test_a_body_that_was_cut_off_files_nothing(client: Client, entries, cut: int) -> None:
    body, content_type = multipart(entries, cut=cut)

    response = client.generic("POST", reverse("tips:report"), body, content_type)

    assert response.status_code == 422
    assert STORY[:10] in response.content.decode()
    assert not Tip.objects.exists()


def test_the_same_body_uncut_is_filed(client: Client, entries) -> None:
    body, content_type = multipart(entries)

    assert client.generic("POST", reverse("tips:report"), body, content_type).status_code == 200
    assert Tip.objects.count() == 1


def test_with_the_store_down_the_citizen_is_told_to_send_files_again(client, entries, settings) -> None:
    working = settings.OBJECT_STORE
    settings.OBJECT_STORE = replace(working, endpoint="http://127.0.0.1:9")
    receipt = send(client, entries, files=[a_file(PNG)])
    settings.OBJECT_STORE = working
    client.post(reverse("tips:follow"), {"code": code_in(receipt)})

    client.post(reverse("tips:report_files"), {"key": "again", "files": [a_file(PNG)]})

    assert receipt.context["missing_files"] == 1
    assert [file.state for file in Tip.objects.get().files.all()] == [TipFile.State.RECEIVED]


def test_with_the_cache_down_a_report_is_taken_in(client: Client, entries, settings) -> None:
    down = {**settings.CACHES["short_lived"], "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {**settings.CACHES, "short_lived": down}

    assert send(client, entries).status_code == 200
    assert client.post(reverse("tips:follow"), {"code": a_tip().code}).status_code == 503


@pytest.mark.parametrize("key", ["", "guessable", "QUFBQQ==:forged"])
def test_a_guessable_form_key_is_refused_and_a_new_one_given(client: Client, entries, key: str) -> None:
    response = send(client, entries, key=key)

    assert response.status_code == 422
    assert not Tip.objects.exists()


def test_searching_without_scripts_keeps_what_was_typed(client: Client, entries) -> None:
    response = send(client, entries, find="1")

    assert an_institution().name in response.content.decode()
    assert STORY[:10] in response.content.decode()
    assert not Tip.objects.exists()


def test_a_real_name_needs_name_and_contact(client: Client, entries) -> None:
    response = send(client, entries, is_real_name="yes")

    assert {"name", "telephone"} <= set(response.context["form"].errors)
    assert not Tip.objects.exists()
