"""Pictures drawn anew: place, time and device are gone."""

import io
import re
from typing import BinaryIO

from PIL import Image, ImageOps

from tips.files.cleaning.copy import Copy
from tips.files.inspection.pictures import FORMATS as OPENED

# A phone's HEIC enters the case as JPEG: everybody can open it, and no free encoder writes HEIC.
FORMATS = {
    "image/jpeg": ("JPEG", "image/jpeg"),
    "image/png": ("PNG", "image/png"),
    "image/webp": ("WEBP", "image/webp"),
    "image/heic": ("JPEG", "image/jpeg"),
}
END, DOTS = 0xD9, 0xDA
NEEDED = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Of the segments that programs and cameras fill only these say how to draw: size, colours, kind of colours."""
FILLED = range(0xE0, 0xFF)
NEXT_MARK = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""Behind the dots: neither a dot that is written like a mark, nor a restart, nor a filling."""
JPEG_HEAD = b"\xff\xd8"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
DRAWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
MOVING = {b"acTL", b"fcTL", b"fdAT"}


def redrawn(file: BinaryIO, media_type: str) -> Copy:
    """The picture, upright, without anything but its dots."""
    name, becomes = FORMATS[media_type]
    file.seek(0)
    with Image.open(file, formats=OPENED) as picture:
        upright = ImageOps.exif_transpose(picture)
        if name == "JPEG" and upright.mode not in ("RGB", "L", "CMYK"):
            upright = upright.convert("RGB")
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        if upright.mode == "P":
            clean.putpalette(upright.getpalette() or [])
    target = io.BytesIO()
    clean.save(target, name, quality=95)
    size = target.tell()
    target.seek(0)
    return Copy(target, size, becomes)


def picture_residue(file: BinaryIO, media_type: str) -> str:
    """Whether it moves: the copy shows its first picture alone. A JPEG's second picture is a help for the screen."""
    file.seek(0)
    with Image.open(file, formats=OPENED) as picture:
        moves = media_type != "image/jpeg" and getattr(picture, "n_frames", 1) > 1
    return "first_picture" if moves else ""


def without_words(picture: bytes) -> bytes | None:
    """A picture inside another file, without what camera and program wrote, its dots untouched.

    None for what is neither a JPEG nor a PNG that can be read from its first to its last byte.
    """
    if picture.startswith(JPEG_HEAD):
        return _jpeg_without_words(picture)
    if picture.startswith(PNG_HEAD):
        return _png_without_words(picture)
    return None


def _jpeg_without_words(jpeg: bytes) -> bytes | None:
    kept, place = bytearray(jpeg[:2]), 2
    while place + 2 <= len(jpeg) and jpeg[place] == 0xFF:
        kind = jpeg[place + 1]
        if kind == 0xFF:  # filling before a mark
            place += 1
            continue
        if kind == END:  # further pictures and trailers may stand behind it
            return bytes(kept + jpeg[place : place + 2])
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if kind == DOTS:
            found = NEXT_MARK.search(jpeg, end)
            end = found.start() if found else len(jpeg)
        if kind not in FILLED or (kind in NEEDED and jpeg.startswith(NEEDED[kind], place + 4)):
            kept += jpeg[place:end]
        place = end
    return None


def _png_without_words(png: bytes) -> bytes | None:
    kept, place = bytearray(PNG_HEAD), len(PNG_HEAD)
    while place + 12 <= len(png):
        kind = png[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(png[place : place + 4], "big")
        if kind in DRAWN or kind in MOVING:
            kept += png[place:end]
        if kind == b"IEND":
            return bytes(kept)
        place = end
    return None
