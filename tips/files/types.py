"""The kinds of files that citizens may send, told by their first bytes."""

from pathlib import PurePath

from casework.rules.media_types import media_type

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, SHEET = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
PDF = "application/pdf"
ACCEPTED = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    PDF: "PDF",
    "video/mp4": "MP4",
    "video/quicktime": "MOV",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
    "audio/amr": "AMR",
    WORD: "DOCX",
    SHEET: "XLSX",
}
KINDS = ", ".join(ACCEPTED.values())
ACCEPT = "image/*,video/mp4,video/quicktime,audio/*,.pdf,.docx,.xlsx,.heic,.amr,.m4a"
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    PDF: (".pdf",),
    "video/mp4": (".mp4", ".m4v", ".3gp"),
    "video/quicktime": (".mov", ".qt"),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a", ".aac"),
    "audio/amr": (".amr",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
}
PICTURES = frozenset(kind for kind in ACCEPTED if kind.startswith("image/"))
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def type_of(head: bytes) -> str | None:
    """The accepted type of a file by its first `HEAD` bytes; None for what is refused."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "image/heic"
    found = media_type(head)
    return found if found in ACCEPTED else None


def fits_name(name: str, found: str) -> bool:
    """Whether the name promises the family of what was found; a photo may be called .jpg and be a PNG."""
    ending = PurePath(name).suffix.lower()
    promised = next((kind for kind, endings in ENDINGS.items() if ending in endings), None)
    return promised is None or _family(promised) == _family(found)


def _family(kind: str) -> str:
    top = kind.partition("/")[0]
    return "recording" if top in ("audio", "video") else top if top == "image" else kind
