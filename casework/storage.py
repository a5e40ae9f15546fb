"""The object store: the one module that knows the `minio` SDK and the dialect of the store.

Objects are kept in one bucket with versioning and Object Lock. Links are signed for minutes. Only the common
subset of S3 servers is used: no events, no server-side encryption headers, no bucket CORS call.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import BinaryIO
from urllib.parse import quote, urlsplit

import urllib3
from django.conf import settings
from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.datatypes import Part
from minio.error import S3Error, ServerError
from minio.retention import Retention
from urllib3.exceptions import HTTPError

from casework.errors import ObjectLocked, ObjectMissing, StoreDown

Query = dict[str, str | list[str] | tuple[str]]
"""What the library takes as further parameters of a signed address."""

CONNECT_SECONDS, READ_SECONDS = 2, 30
LINK_LIFE = timedelta(minutes=5)
UPLOAD_LIFE = timedelta(hours=1)
CHUNK = 1024 * 1024
MISSING = {"NoSuchUpload", "NoSuchKey", "NoSuchVersion", "NoSuchObject", "MethodNotAllowed", "NoSuchBucket"}
LOCKED = {"AccessDenied", "ObjectLocked", "InvalidRequest"}


@dataclass(frozen=True)
class StoredObject:
    """One version of an object as the store has it."""

    key: str
    version_id: str
    size: int
    media_type: str


@dataclass(frozen=True)
class ObjectVersion:
    """One entry of an object's history; a marker stands for a delete without a version."""

    version_id: str
    is_latest: bool
    is_delete_marker: bool


def ensure_bucket() -> None:
    """Make the bucket with Object Lock and versioning unless it is there. Raises: StoreDown."""
    with _answering():
        if not _client().bucket_exists(_bucket()):
            try:
                _client().make_bucket(_bucket(), object_lock=True)
            except S3Error as error:
                if error.code not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                    raise


def put(
    key: str, body: BinaryIO, size: int, *, media_type: str, retained_until: datetime | None = None
) -> StoredObject:
    """Store an object, under lock from its first moment when a date is given. Raises: StoreDown."""
    retention = Retention(COMPLIANCE, _whole_seconds(retained_until)) if retained_until else None

    _require_bucket(_bucket())
    with _answering():
        made = _client().put_object(_bucket(), key, body, size, content_type=media_type, retention=retention)
    return StoredObject(key, made.version_id or "", size, media_type)


def stat(key: str, version_id: str = "") -> StoredObject:
    """What the store has under a key. Raises: ObjectMissing, StoreDown."""
    with _answering():
        found = _client().stat_object(_bucket(), key, version_id=version_id or None)
    return StoredObject(key, found.version_id or "", found.size or 0, found.content_type or "")


def chunks(key: str, version_id: str = "") -> Iterator[bytes]:
    """The bytes of an object, a mebibyte at a time. Raises: ObjectMissing, StoreDown."""
    with _answering():
        answer = _client().get_object(_bucket(), key, version_id=version_id or None)
        try:
            yield from answer.stream(CHUNK)
        finally:
            answer.close()
            answer.release_conn()


def get(key: str, version_id: str = "") -> bytes:
    """A small object as a whole. Raises: ObjectMissing, StoreDown."""
    return b"".join(chunks(key, version_id))


def get_range(key: str, version_id: str, offset: int, length: int) -> bytes:
    """Some bytes of an object, fewer at its end. Raises: ObjectMissing, StoreDown."""
    with _answering():
        answer = _client().get_object(
            _bucket(), key, offset=offset, length=length, version_id=version_id or None
        )
        try:
            return bytes(answer.read())
        finally:
            answer.close()
            answer.release_conn()


def fingerprint(key: str, version_id: str = "", *, head: int = 8192) -> tuple[str, bytes]:
    """SHA-256 in hex over what lies in the store, and its first bytes. Raises: ObjectMissing, StoreDown."""
    digest, first = hashlib.sha256(), b""
    for chunk in chunks(key, version_id):
        digest.update(chunk)
        if len(first) < head:
            first += chunk[: head - len(first)]
    return digest.hexdigest(), first


def begin_parts(key: str) -> str:
    """Begin an object that arrives in parts; the name that the store gives the upload. Raises: StoreDown."""
    _require_bucket(_bucket())
    with _answering():
        headers: Query = {"Content-Type": "application/octet-stream"}
        return _client()._create_multipart_upload(_bucket(), key, headers)


def put_part(key: str, upload_id: str, number: int, part: bytes) -> str:
    """Store a part, again if it was sent before; its mark. Raises: ObjectMissing, StoreDown."""
    with _answering():
        return _client()._upload_part(_bucket(), key, part, None, upload_id, number)


def finish_parts(key: str, upload_id: str, marks: list[str]) -> str:
    """Make one object of the parts; its version. Raises: ObjectMissing, StoreDown."""
    parts = [Part(number, mark) for number, mark in enumerate(marks, start=1)]
    with _answering():
        made = _client()._complete_multipart_upload(_bucket(), key, upload_id, parts)
    return made.version_id or stat(key).version_id


def drop_parts(key: str, upload_id: str) -> None:
    """Let the store forget the parts of an upload that was given up. Raises: StoreDown."""
    with suppress(ObjectMissing), _answering():
        _client()._abort_multipart_upload(_bucket(), key, upload_id)


def upload_link(key: str, *, sha256: str) -> str:
    """A signed PUT for a browser. With a hash (hex) the store refuses any other bytes.

    A presigned URL signs no header of ours: the hash stands in the query.
    """
    query: Query = {}
    if sha256:
        query["x-amz-checksum-sha256"] = b64encode(bytes.fromhex(sha256)).decode()
    _require_bucket(_bucket())
    with _answering():
        return _client(public=True).get_presigned_url(
            "PUT", _bucket(), key, expires=UPLOAD_LIFE, extra_query_params=query
        )


def download_link(key: str, version_id: str, *, file_name: str, media_type: str, inline: bool = False) -> str:
    """A signed GET for some minutes, with the name under which the browser saves the file."""
    place = "inline" if inline else "attachment"
    headers: Query = {
        "response-content-disposition": f"{place}; filename*=UTF-8''{quote(file_name)}",
        "response-content-type": media_type,
    }
    with _answering():
        return _client(public=True).presigned_get_object(
            _bucket(), key, expires=LINK_LIFE, response_headers=headers, version_id=version_id or None
        )


def lock(key: str, version_id: str, until: datetime) -> None:
    """Keep a version until a moment; it may later be lengthened, never shortened.

    Raises: ObjectMissing, ObjectLocked, StoreDown.
    """
    with _answering(locked=True):
        _client().set_object_retention(
            _bucket(), key, Retention(COMPLIANCE, _whole_seconds(until)), version_id=version_id
        )


def locked_until(key: str, version_id: str) -> datetime | None:
    """The end of a version's retention. Raises: ObjectMissing, StoreDown."""
    with _answering():
        held = _client().get_object_retention(_bucket(), key, version_id=version_id)
    return held.retain_until_date.astimezone(UTC) if held else None


def versions(key: str) -> list[ObjectVersion]:
    """Every version of a key, the newest first. Raises: StoreDown."""
    with _answering():
        found = _client().list_objects(_bucket(), prefix=key, include_version=True)
        return [
            ObjectVersion(v.version_id or "", bool(v.is_latest == "true"), bool(v.is_delete_marker))
            for v in found
            if v.object_name == key
        ]


def discard(key: str, version_id: str) -> None:
    """Remove a version that is not under lock, such as a refused upload.

    Raises: ObjectLocked, StoreDown.
    """
    with _answering(locked=True):
        _client().remove_object(_bucket(), key, version_id=version_id)


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _bucket() -> str:
    return str(settings.OBJECT_STORE.bucket)


@lru_cache(maxsize=4)
def _require_bucket(name: str) -> None:
    """Asked once per process: a bucket with Object Lock cannot vanish while it holds evidence."""
    ensure_bucket()


@contextmanager
def _answering(*, locked: bool = False) -> Iterator[None]:
    try:
        yield
    except S3Error as error:
        if error.code in MISSING:
            raise ObjectMissing from error
        if locked and error.code in LOCKED:
            raise ObjectLocked from error
        if error.code in {"ServiceUnavailable", "SlowDown", "InternalError", "RequestTimeout"}:
            raise StoreDown from error
        raise
    except (HTTPError, ServerError) as error:
        raise StoreDown from error


def _client(*, public: bool = False) -> Minio:
    store = settings.OBJECT_STORE
    endpoint = store.public_endpoint if public else store.endpoint
    return _made_client(endpoint, store.access_key, store.secret_key, store.region)


@lru_cache(maxsize=4)
def _made_client(endpoint: str, access_key: str, secret_key: str, region: str) -> Minio:
    parts = urlsplit(endpoint)
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        retries=urllib3.Retry(total=1, backoff_factor=0.1, status_forcelist=[]),
        maxsize=10,
    )
    return Minio(
        parts.netloc,
        access_key=access_key,
        secret_key=secret_key,
        secure=parts.scheme == "https",
        region=region,
        http_client=pool,
    )
