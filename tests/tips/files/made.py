"""Files as citizens, and others, send them: whole, broken, and dressed up as something else."""

import io
import struct
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
PLACE = b"+30.6570+104.0660/"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "red").save(target, kind, **more)
    return target.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    return picture(exif=exif)


def segment(kind: int, body: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", 2 + len(body)) + body


def photo_of_a_phone(tail: bytes = b"") -> bytes:
    """With words in unusual places: behind a filling, in segments of the phone's maker, behind its end."""
    whole = picture(progressive=True, icc_profile=b"COLOURS")
    words = [
        b"\xff" + segment(0xE1, b"Exif\0\0SECRET1"),
        segment(0xE1, b"\0\0SECRET2"),
        segment(0xE2, b"MPF\0SECRET3"),
        segment(0xE7, b"SECRET4"),
        segment(0xFE, b"SECRET5"),
    ]
    return whole[:2] + b"".join(words) + whole[2:] + photo_with_place() + b"SECRET6" + tail


def moving(kind: str) -> bytes:
    target = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(target, kind, save_all=True, append_images=frames[1:])
    return target.getvalue()


def paper_with(stream: bytes, filters: list[str]) -> bytes:
    """A paper whose picture stream is packed as told."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    names = ArrayObject(NameObject(name) for name in filters)
    inner = StreamObject()
    inner.update(
        {NameObject("/Subtype"): NameObject("/Image"), NameObject("/Filter"): writer._add_object(names)}
    )
    inner._data = stream
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(inner)})}
    )
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def paper(*, script: bool = False, attached: tuple[str, bytes] | None = None, author: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if script:
        writer.add_open_action(JavaScript("app.alert(1)"))
    if attached:
        writer.add_attachment(*attached)
    if author:
        writer.add_metadata({"/Author": author})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def paper_that_launches() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    act = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x")})
    box = ArrayObject(NumberObject(n) for n in (0, 0, 9, 9))
    note = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/Rect": box, "/A": act}
    thing = DictionaryObject({NameObject(name): value for name, value in note.items()})
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(thing)])
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def paper_by_hand(*things: bytes, root: bytes = b"") -> bytes:
    """A paper as no library writes it; the objects are numbered from 4 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        *things,
    ]
    paper, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(objects, start=1):
        places.append(len(paper))
        paper += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(paper))
    return paper + head + table + tail


def attached_by_hand(content: bytes) -> bytes:
    """A file inside that does not say that it is one, its specification in pieces."""
    return paper_by_hand(
        b"<< /Names [(a) 5 0 R] >>",
        b"<< /F (a) /EF 6 0 R >>",
        b"<< /F 7 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        root=b"/Names << /EmbeddedFiles 4 0 R >>",
    )


def locked_paper() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def office(kind: str = "word", more: dict[str, bytes] | None = None, types: str = "") -> bytes:
    main = {"word": "word/document.xml", "xl": "xl/workbook.xml"}[kind]
    core = b"<cp:coreProperties><dc:creator>SECRETAUTHOR</dc:creator></cp:coreProperties>"
    parts = {
        "[Content_Types].xml": TYPES.format(types).encode(),
        "_rels/.rels": b"<Relationships/>",
        main: b"<w:document/>",
        "docProps/core.xml": core,
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def program(place: int = 0x80) -> bytes:
    """The beginning of a program for Windows."""
    return (
        (b"MZ\x90\x00" + bytes(0x38) + struct.pack("<I", place)).ljust(place, b"\0") + b"PE\0\0" + bytes(40)
    )


def zipped(name: str = "run.exe") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, b"MZ")
    return target.getvalue()


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def track(kind: bytes) -> bytes:
    handler = box(b"hdlr", bytes(8) + kind + bytes(12) + b"\0")
    return box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", box(b"mdhd", bytes(24)) + handler))


def film(
    brand: bytes = b"isom", *, tracks: tuple[bytes, ...] = (b"vide", b"soun"), frames: bytes = b"F"
) -> bytes:
    tags = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7) + PLACE))
    head = box(b"mvhd", bytes(4) + b"\xe3\x01\x02\x03" * 2 + bytes(88))
    moov = box(b"moov", head + b"".join(track(kind) for kind in tracks) + tags)
    return box(b"ftyp", brand + bytes(4) + brand) + moov + box(b"mdat", frames * 500)


def song(*, tagged: bool = True) -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG 1 layer 3, 128 kbit/s, 44.1 kHz
    title = b"TIT2" + struct.pack(">IH", 12, 0) + b"\x03SECRETTITLE"
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(title)]) + title
    return (tag if tagged else b"") + frame * 60 + (b"TAG" + b"SECRETEND".ljust(125) if tagged else b"")


def speech() -> bytes:
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 40
