"""Pictures: few enough dots to be drawn, whole to the last line, and nothing behind their end."""

import struct
from typing import BinaryIO

import pi_heif
from PIL import Image

from tips.files.inspection.unfit import Unfit, refuse_larger

MOST_PIXELS = 120_000_000
MOST_FRAMES = 300
MOST_MB = 100
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
# What a phone may write behind a PNG or WebP: nothing. Padding is forgiven.
MOST_PADDING = 4096


pi_heif.register_heif_opener()


def inspect_picture(file: BinaryIO, size: int, media_type: str) -> None:
    """Draw the picture once. Raises: Unfit."""
    refuse_larger(size, MOST_MB)
    try:
        _draw(file)
    except (OSError, ValueError, SyntaxError, IndexError, struct.error, EOFError):
        raise Unfit("damaged") from None
    except (Image.DecompressionBombError, MemoryError):
        raise Unfit("too_many_pixels") from None
    if media_type in ENDS and _is_something_behind(file, size, ENDS[media_type](file)):
        raise Unfit("disguised")


def glance_at_picture(file: BinaryIO, size: int, media_type: str) -> None:
    """Read the head, and whether the end arrived; nothing is drawn. Raises: Unfit."""
    refuse_larger(size, MOST_MB)
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        _refuse_many_pixels(picture)
    if media_type == "image/jpeg":
        if not _ends_jpeg(file):
            raise Unfit("damaged")
    elif media_type in ENDS and ENDS[media_type](file) > size:
        raise Unfit("damaged")


def _draw(file: BinaryIO) -> None:
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        _refuse_many_pixels(picture)
        picture.load()


def _refuse_many_pixels(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise Unfit("too_many_pixels")


def _ends_jpeg(file: BinaryIO) -> bool:
    """Whether the end mark stands anywhere behind the first dots; a small picture inside the head has its own."""
    file.seek(0)
    jpeg, place = file.read(), 2
    while jpeg[place : place + 1] == b"\xff" and jpeg[place + 1 : place + 2] != b"\xda":
        if jpeg[place + 1 : place + 2] == b"\xff":
            place += 1
        else:
            place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return jpeg.find(b"\xff\xd9", place) >= 0


def _end_of_png(file: BinaryIO) -> int:
    place = 8
    while True:
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            raise Unfit("damaged")
        place += 12 + int.from_bytes(head[:4], "big")
        if head[4:] == b"IEND":
            return place


def _end_of_webp(file: BinaryIO) -> int:
    file.seek(4)
    return 8 + int(struct.unpack("<I", file.read(4))[0])


ENDS = {"image/png": _end_of_png, "image/webp": _end_of_webp}


def _is_something_behind(file: BinaryIO, size: int, end: int) -> bool:
    if size - end > MOST_PADDING:
        return True
    file.seek(end)
    return bool(file.read().strip(b"\0\r\n\t "))
