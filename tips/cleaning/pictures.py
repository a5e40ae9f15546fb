"""Pictures drawn anew: place, time and device are gone."""

import io
from typing import BinaryIO

import pi_heif
from PIL import Image, ImageOps

from tips.cleaning.copy import Copy

# A phone's HEIC enters the case as JPEG: everybody can open it, and no free encoder writes HEIC.
FORMATS = {
    "image/jpeg": ("JPEG", "image/jpeg"),
    "image/png": ("PNG", "image/png"),
    "image/webp": ("WEBP", "image/webp"),
    "image/heic": ("JPEG", "image/jpeg"),
}
NAMED_SEGMENTS = {0xE1, 0xED, 0xFE}
"""APP1 (Exif, XMP), APP13 (IPTC) and comments of a JPEG."""

pi_heif.register_heif_opener()


def redrawn(file: BinaryIO, media_type: str) -> Copy:
    """The picture, upright, without anything but its dots."""
    name, becomes = FORMATS[media_type]
    file.seek(0)
    with Image.open(file) as picture:
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


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without Exif, XMP, IPTC and comments, its dots untouched; what is no JPEG comes back as it is."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, place = bytearray(jpeg[:2]), 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        kind = jpeg[place + 1]
        if kind == 0xDA:  # from here on the dots
            break
        length = 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if kind not in NAMED_SEGMENTS:
            kept += jpeg[place : place + length]
        place += length
    return bytes(kept + jpeg[place:])
