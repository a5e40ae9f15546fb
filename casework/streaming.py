"""Sending large files out of this process: a piece at a time, whole or the stretch that a player asks for."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 1024 * 1024
RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")


def streamed_file(request: HttpRequest, file: BinaryIO, size: int, media_type: str) -> HttpResponseBase:
    """An answer with the file, or with the one stretch of it that the request names (RFC 9110, 14)."""
    wanted = _stretch(request.headers.get("Range", ""), size)
    if wanted is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    first, last = wanted
    is_part = (first, last) != (0, size - 1)
    pieces = iter(()) if request.method == "HEAD" else _pieces(file, first, last)
    response = StreamingHttpResponse(
        _without_blocking(pieces) if isinstance(request, ASGIRequest) else pieces,
        status=206 if is_part else 200,
        content_type=media_type,
    )
    response["Content-Length"] = last - first + 1
    response["Accept-Ranges"] = "bytes"
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _stretch(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; the whole file for what is no single stretch; nothing when it lies outside."""
    found = RANGE.match(header.strip())
    if not found or found.groups() == ("", ""):
        return 0, size - 1
    start, end = found.groups()
    if not start:
        return (max(0, size - int(end)), size - 1) if int(end) else None
    first, last = int(start), min(int(end), size - 1) if end else size - 1
    if first >= size:
        return None
    return (first, last) if first <= last else (0, size - 1)


def _pieces(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _next_of(pieces: Iterator[bytes]) -> bytes:
    return next(pieces, b"")


async def _without_blocking(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is fetched in a thread: a plain iterator would be read to its end before the first byte leaves."""
    following = sync_to_async(_next_of, thread_sensitive=False)
    while piece := await following(pieces):
        yield piece
