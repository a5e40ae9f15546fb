"""What casework asks of an object store, asked of the store that S3_ENDPOINT names (else the embedded one)."""

import hashlib
import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from casework import storage
from casework.errors import ObjectLocked, ObjectMissing, StoreDown

WORDS = "病历复印件".encode()
browser = urllib3.PoolManager()


@pytest.fixture
def key() -> str:
    return f"contract/{uuid.uuid4()}"


def put(key: str, body: bytes = WORDS, **options: object) -> storage.StoredObject:
    return storage.put(key, io.BytesIO(body), len(body), media_type="text/plain", **options)


def test_what_was_put_comes_back_byte_by_byte(key):
    made = put(key)
    assert storage.get(key, made.version_id) == WORDS
    assert storage.stat(key).size == len(WORDS)
    assert storage.fingerprint(key, head=3) == (hashlib.sha256(WORDS).hexdigest(), WORDS[:3])


def test_a_missing_object_is_named_as_missing(key):
    with pytest.raises(ObjectMissing):
        storage.stat(key)
    with pytest.raises(ObjectMissing):
        storage.get(key)


def test_putting_again_makes_a_second_version_and_keeps_the_first(key):
    first, second = put(key), put(key, b"other")
    assert first.version_id != second.version_id
    assert storage.get(key, first.version_id) == WORDS
    assert {v.version_id for v in storage.versions(key)} == {first.version_id, second.version_id}


def test_the_store_refuses_to_delete_a_locked_version(key):
    made = put(key, retained_until=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(ObjectLocked):
        storage.discard(key, made.version_id)
    assert storage.get(key, made.version_id) == WORDS


def test_a_lock_set_later_holds_as_well_and_cannot_be_shortened(key):
    made = put(key)
    until = datetime.now(UTC) + timedelta(days=2)
    storage.lock(key, made.version_id, until)
    assert storage.locked_until(key, made.version_id) == until.replace(microsecond=0)
    with pytest.raises(ObjectLocked):
        storage.lock(key, made.version_id, until - timedelta(days=1))
    with pytest.raises(ObjectLocked):
        storage.discard(key, made.version_id)


def test_an_unlocked_version_can_be_discarded(key):
    made = put(key)
    storage.discard(key, made.version_id)
    with pytest.raises(ObjectMissing):
        storage.get(key, made.version_id)


def test_a_browser_puts_through_a_signed_link_and_only_the_bytes_that_were_announced(key):
    link = storage.upload_link(key, sha256=hashlib.sha256(WORDS).hexdigest())
    assert browser.request("PUT", link, body=b"forged" + WORDS).status == 400
    with pytest.raises(ObjectMissing):
        storage.stat(key)
    assert browser.request("PUT", link, body=WORDS).status == 200
    assert storage.get(key) == WORDS


def test_a_browser_gets_through_a_signed_link_under_the_given_name(key):
    made = put(key)
    link = storage.download_link(key, made.version_id, file_name="证据 1.txt", media_type="text/plain")
    answer = browser.request("GET", link)
    assert answer.data == WORDS
    assert "%E8%AF%81%E6%8D%AE" in answer.headers["content-disposition"]
    assert browser.request("GET", link.split("?")[0]).status == 403


def test_a_store_that_does_not_answer_is_told_as_such(settings, key):
    from dataclasses import replace

    settings.OBJECT_STORE = replace(settings.OBJECT_STORE, endpoint="http://127.0.0.1:9")
    with pytest.raises(StoreDown):
        storage.stat(key)
