"""Receiving files of citizens: limits while they arrive, whether all arrived, and what they really are."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest
from PIL import Image

from casework.rules.media_types import HEAD, media_type

LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 10
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, SHEET = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
ACCEPTED = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "application/pdf": "PDF",
    "video/mp4": "MP4",
    "video/quicktime": "MOV",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
    "audio/amr": "AMR",
    WORD: "DOCX",
    SHEET: "XLSX",
}
ACCEPT = "image/*,video/mp4,video/quicktime,audio/*,.pdf,.docx,.xlsx,.heic,.amr,.m4a"
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
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


class _TooLarge(FileUploadHandler):
    """Drops a file while it arrives, as soon as it is over the limit."""

    def __init__(self, request: HttpRequest, arrival: Arrival) -> None:
        super().__init__(request)
        self._arrival = arrival
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A further file begins."""
        super().new_file(*args, **kwargs)
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let the bytes through until there are too many."""
        self._size += len(raw_data)
        if self._size > LARGEST_FILE:
            self._arrival.too_large.append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def watch(request: HttpRequest) -> Arrival:
    """Watch the body of a request; must come before anything reads its fields."""
    arrival = Arrival(request._stream)
    request._stream = arrival  # type: ignore[assignment]
    request.upload_handlers = [
        _TooLarge(request, arrival),
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
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


def type_of(file: UploadedFile) -> str | None:
    """The accepted type of a file by its content; None for what is refused.

    Office files are accepted without macros only.
    """
    file.seek(0)
    head = file.read(HEAD)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "image/heic"
    found = media_type(head)
    if found in (WORD, SHEET) and has_macros(file):
        return None
    return found if found in ACCEPTED else None


def is_whole(file: UploadedFile, media_type: str) -> bool:
    """Whether a picture can be seen to its last line; other files count as whole."""
    if media_type not in ("image/jpeg", "image/png", "image/webp"):
        return True
    file.seek(0)
    try:
        with Image.open(file) as picture:
            picture.load()
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError, SyntaxError):
        return False
    return True


def has_macros(file: UploadedFile) -> bool:
    """Whether an office file carries a program, or cannot be looked into. Only its directory is read."""
    file.seek(0)
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            names = [name.lower() for name in archive.namelist()]
    except zipfile.BadZipFile:
        return True
    return any("vbaproject" in name or name.endswith((".bin", ".exe", ".dll")) for name in names)
