"""Small real files that people send."""

import io
from pathlib import Path

from PIL import Image, ImageDraw


def photo(folder: Path, name: str = "病房照片.jpg") -> Path:
    """A JPEG of a ward list, as a phone makes it but small."""
    image = Image.new("RGB", (640, 480), "#dfe6ee")
    draw = ImageDraw.Draw(image)
    for line in range(12):
        draw.rectangle((40, 40 + line * 34, 600 - line * 17, 58 + line * 34), fill="#43597a")
    path = folder / name
    image.save(path, quality=70)
    return path


def broken_photo(folder: Path) -> Path:
    """A photo whose second half never arrived."""
    buffer = io.BytesIO()
    Image.effect_noise((320, 240), 60).save(buffer, "JPEG")
    path = folder / "断开的照片.jpg"
    path.write_bytes(buffer.getvalue()[: buffer.tell() // 2])
    return path


def empty_file(folder: Path) -> Path:
    """A file without a single byte."""
    path = folder / "空文件.pdf"
    path.write_bytes(b"")
    return path


def wrong_file(folder: Path) -> Path:
    """A program that calls itself a photo."""
    path = folder / "其实是程序.jpg"
    path.write_bytes(b"MZ\x90\x00" + bytes(2000))
    return path
