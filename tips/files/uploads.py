"""Receiving a form with files of citizens: limits and seals while they arrive, and whether all arrived."""

import hashlib
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from tips.files.attachments import SealedUpload, new_spool

LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 10
MOST_FILES_OF_TIP = 30
"""All that a tipster sends to one report, whichever way."""
_TAIL = 512


class Arrival:
    """What is known of a request's body once it has been read: how long it was, how it ended."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.length = 0
        self.tail = b""
        self.too_large: list[str] = []

    def read(self, *args: Any) -> bytes:
        """Pass bytes on and remember the last ones."""
        return self._seen(self._stream.read(*args))

    def readline(self, *args: Any) -> bytes:
        """The same, by line."""
        return self._seen(self._stream.readline(*args))

    def close(self) -> None:
        """Close what lies below."""
        self._stream.close()

    def _seen(self, part: bytes) -> bytes:
        self.length += len(part)
        self.tail = (self.tail + part)[-_TAIL:]
        return part


class _Sealing(FileUploadHandler):
    """Seals a file while it arrives and drops it as soon as it is over the limit: nothing plain on a disk."""

    def __init__(self, request: HttpRequest, arrival: Arrival) -> None:
        super().__init__(request)
        self._arrival = arrival

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A further file begins."""
        super().new_file(*args, **kwargs)
        self._spool, self._digest = new_spool(), hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal the bytes until there are too many."""
        if self._spool.size + len(raw_data) > LARGEST_FILE:
            self._arrival.too_large.append(self.file_name or "")
            self._spool.close()
            raise SkipFile
        self._spool.write(raw_data)
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """The file as the form gets it."""
        self._spool.finish()
        return SealedUpload(self._spool, self.file_name or "", self._digest.digest(), self.content_type)

    def upload_interrupted(self) -> None:
        """Let go of what came."""
        self._spool.close()


def watch(request: HttpRequest) -> Arrival:
    """Watch the body of a request; must come before anything reads its fields."""
    arrival = Arrival(request._stream)
    request._stream = arrival  # type: ignore[assignment]
    request.upload_handlers = [_Sealing(request, arrival)]
    return arrival


def is_cut_off(request: HttpRequest, arrival: Arrival) -> bool:
    """Whether a multipart body ended before its last boundary, or is not as long as was said."""
    if request.content_type != "multipart/form-data":
        return False
    request.POST  # noqa: B018 - reads the body to its end
    boundary = (request.content_params or {}).get("boundary", "")
    said = request.META.get("CONTENT_LENGTH") or "0"
    is_short = said.isdigit() and arrival.length != int(said)
    return is_short or f"--{boundary}--".encode() not in arrival.tail
