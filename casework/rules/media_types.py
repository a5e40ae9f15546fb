"""What kind of file it is, told from its first bytes and never from its name."""

import re

HEAD = 8192
"""How many first bytes are enough."""

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_PROGRAM = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|\?xml|iframe|body)", re.IGNORECASE)


def media_type(head: bytes) -> str | None:
    """The type of a file that may become evidence, from its first `HEAD` bytes; None refuses it.

    Refused are programs, pages and drawings that can carry scripts, and whatever is not known.
    """
    for offset, signature, name in SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return name
    if head.startswith(_PROGRAM):
        return None
    if head.startswith(b"PK\x03\x04"):
        return _archive(head)
    return _text(head)


def _archive(head: bytes) -> str | None:
    """Office files are known by the folder inside; any other archive hides what it holds."""
    if b"[Content_Types].xml" not in head and b"_rels/" not in head:
        return None
    return next((name for folder, name in OFFICE.items() if folder in head), None)


def _text(head: bytes) -> str | None:
    if not head or b"\x00" in head or _MARKUP.search(head):
        return None
    for encoding in ("utf-8", "gb18030"):
        # The last character may be cut by the end of the head.
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return "text/plain"
    return None
