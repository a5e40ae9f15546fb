"""Every place where something can stay, as (name, bytes)."""

import io
import logging
import os
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from casework import storage
from config import env
from config.settings.logs import LOGGING
from workflows.database_roles import as_owner

Place = tuple[str, bytes]


def database() -> Iterator[Place]:
    """Every row of every table as text, whatever its type; bytes as PostgreSQL prints them, in hex."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            yield f"table {table}", "\n".join(row[0] or "" for row in cursor).encode()


def files(*folders: Path) -> Iterator[Place]:
    """Every file below the folders: the data of the servers, their logs, temporary files; names too."""
    # Servers at work make and remove files and whole folders meanwhile: os.walk passes over what has gone.
    for folder, subfolders, names in chain.from_iterable(map(os.walk, folders)):
        for name in (*subfolders, *names):
            yield f"name of {folder}/{name}", f"{folder}/{name}".encode()
        for path in (Path(folder, name) for name in names):
            try:
                if path.is_file():
                    yield f"file {path}", path.read_bytes()
            except OSError:
                continue


def data_folder() -> Iterator[Place]:
    """The data folder of the servers: tables and write-ahead log, snapshots of the broker, volumes of the store.

    In the log a word may be cut in two by the head of a page; the tables are whole once they are written back.
    """
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    yield from files(env.home())


def valkey() -> Iterator[Place]:
    """Every key of every database of Valkey: cache, sessions, channel layer, queues with their messages."""
    for number in range(16):
        client = redis.Redis.from_url(f"{settings.REDIS_URL.rpartition('/')[0]}/{number}")
        try:
            for key in client.scan_iter():
                yield f"valkey {number} {key!r}", key + b"\n" + _value(client, key)
        finally:
            client.close()


def _value(client: Any, key: bytes) -> bytes:
    kind = client.type(key)
    readers = {
        b"string": lambda: [client.get(key)],
        b"list": lambda: client.lrange(key, 0, -1),
        b"set": lambda: client.smembers(key),
        b"zset": lambda: client.zrange(key, 0, -1),
        b"hash": lambda: [part for pair in client.hgetall(key).items() for part in pair],
        b"stream": lambda: [repr(client.xrange(key)).encode()],
    }
    return b"\n".join(part for part in readers.get(kind, lambda: [client.dump(key)])() if part)


def store(since: datetime) -> Iterator[Place]:
    """Every version of every object that is not older: key, metadata, content, and the text of PDFs."""
    client, bucket = storage._client(), storage._bucket()
    for found in client.list_objects(bucket, recursive=True, include_version=True):
        if found.is_delete_marker or found.last_modified < since:
            continue
        name = f"object {found.object_name}"
        about = client.stat_object(bucket, found.object_name, version_id=found.version_id)
        yield f"metadata of {name}", repr((found.object_name, sorted(about.metadata.items()))).encode()
        content = storage.get(found.object_name, found.version_id or "")
        yield name, content
        if content.startswith(b"%PDF"):
            yield f"text of {name}", _text(content)


def _text(pdf: bytes) -> bytes:
    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).encode()
    except PyPdfError:
        return b""


def mails() -> Iterator[Place]:
    """Every mail as it goes over the line, with all its parts. The addressee must be in it, and only there."""
    for place, message in enumerate(mail.outbox):
        parts = [message.subject, message.body, repr(message.extra_headers), repr(message.attachments)]
        parts += [str(content) for content, _kind in getattr(message, "alternatives", [])]
        yield f"mail {place}", "\n".join(parts).encode()


class Log:
    """Everything that is logged, at DEBUG, in the lines that the servers print."""

    def __init__(self) -> None:
        self._lines = StringIO()
        handler = logging.StreamHandler(self._lines)
        formatter = dict(LOGGING["formatters"]["line"])  # type: ignore[index]
        handler.setFormatter(formatter.pop("()")(**formatter))
        self.handler = handler

    def lines(self) -> Iterator[Place]:
        """What was logged so far."""
        yield "log", self._lines.getvalue().encode()


def cookies_and_addresses(client: Client, addresses: list[str]) -> Iterator[Place]:
    """What the browser keeps, and where it was sent."""
    yield "cookies", repr([(name, morsel.value) for name, morsel in client.cookies.items()]).encode()
    yield "addresses", "\n".join(addresses).encode()


def decoded(place: Place) -> Iterator[Place]:
    """A message of Celery a second time, with its body out of base64."""
    name, content = place
    yield place
    for part in content.split(b'"body": "')[1:]:
        body = part.split(b'"', 1)[0]
        try:
            yield f"body in {name}", b64decode(body)
        except ValueError:
            continue
