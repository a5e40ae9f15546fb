"""What a file really is: honest ones pass, dressed-up ones are refused with the code that says why."""

import io

import pytest

from tests.tips.files import made
from tips.files.inspection import Unfit, early_refusal, inspect, pictures
from tips.files.inspection.unfit import MB
from tips.files.names import safe_name
from tips.files.sentences import REFUSALS, refusal_sentence
from tips.files.types import SHEET, WORD

HTML = b"<html><script>alert(1)</script></html>"
HONEST = {
    "jpeg": (made.picture(), "a.jpg", "image/jpeg"),
    "jpeg called png": (made.picture(), "a.png", "image/jpeg"),
    "without an ending": (made.picture(), "截图", "image/jpeg"),
    "png": (made.picture("PNG"), "a.png", "image/png"),
    "webp": (made.picture("WEBP"), "a.webp", "image/webp"),
    "phone writes behind its photo": (made.picture() + b"SEFH" + bytes(300), "a.jpg", "image/jpeg"),
    "photo with the marks of programs in its dots": (
        made.picture() + b"MZ\x90\x00" + bytes(90) + b"\x7fELFdots",
        "a.jpg",
        "image/jpeg",
    ),
    "pdf": (made.paper(author="x"), "a.pdf", "application/pdf"),
    "electronic invoice": (
        made.paper(attached=("a.xml", b"<?xml version='1.0'?><x/>")),
        "a.pdf",
        "application/pdf",
    ),
    "paper by hand": (made.attached_by_hand(b"<?xml version='1.0'?><x/>"), "a.pdf", "application/pdf"),
    "docx": (made.office(), "a.docx", WORD),
    "xlsx with a printer": (
        made.office("xl", {"xl/printerSettings/printerSettings1.bin": b"x"}),
        "a.xlsx",
        SHEET,
    ),
    "mp4": (made.film(), "a.mp4", "video/mp4"),
    "mov": (made.film(b"qt  "), "a.mov", "video/quicktime"),
    "m4a": (made.film(b"M4A ", tracks=(b"soun",)), "a.m4a", "audio/mp4"),
    "mp3": (made.song(), "a.mp3", "audio/mpeg"),
    "amr": (made.speech(), "a.amr", "audio/amr"),
}
PACKED = {"word/embeddings/oleObject1.bin": b"x"}
FAR = (
    b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://x" TargetMode="External"/>'
)
REFUSED = {
    "empty": (b"", "a.jpg", "empty"),
    "program": (b"MZ" + bytes(400), "a.jpg", "wrong_type"),
    "page": (HTML, "a.pdf", "wrong_type"),
    "archive": (made.zipped(), "a.docx", "wrong_type"),
    "paper called a photo": (made.paper(), "a.jpg", "wrong_name"),
    "film called a paper": (made.film(), "a.pdf", "wrong_name"),
    "photo with an archive behind it": (made.picture() + made.zipped(), "a.jpg", "disguised"),
    "photo with a paper behind it": (made.picture() + made.paper(), "a.jpg", "disguised"),
    "photo with a page behind it": (made.picture() + HTML, "a.jpg", "disguised"),
    "photo with a page in its remark": (made.picture(comment=HTML), "a.jpg", "disguised"),
    "photo with a program behind it": (made.picture() + made.program(), "a.jpg", "disguised"),
    "photo with a program across two pieces": (
        (made.picture() + bytes(MB))[: MB - 2] + made.program(0x4000),
        "a.jpg",
        "disguised",
    ),
    "photo with a program for Unix": (
        made.picture() + b"\x7fELF\x02\x01\x01" + bytes(60),
        "a.jpg",
        "disguised",
    ),
    "png with something behind it": (made.picture("PNG") + b"hidden", "a.png", "disguised"),
    "paper with an archive behind it": (made.paper() + made.zipped(), "a.pdf", "disguised"),
    "paper with a page behind it": (made.paper() + HTML, "a.pdf", "disguised"),
    "film with an archive behind it": (made.film() + made.zipped(), "a.mp4", "disguised"),
    "film with rubbish behind it": (made.film() + b"rubbish", "a.mp4", "damaged"),
    "film cut off": (made.film()[:-40], "a.mp4", "damaged"),
    "speech cut off": (made.speech()[:-3], "a.amr", "damaged"),
    "song without sound": (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(400), "a.mp3", "damaged"),
    "photo cut off": (made.picture(size=(300, 300))[:-500], "a.jpg", "damaged"),
    "paper with a script": (made.paper(script=True), "a.pdf", "active"),
    "paper that starts a program": (made.paper_that_launches(), "a.pdf", "active"),
    "paper with a program inside": (made.paper(attached=("a.exe", b"MZ" + bytes(99))), "a.pdf", "attached"),
    "paper whose act stands elsewhere": (
        made.paper_by_hand(b"<< /S 5 0 R /F (x) >>", b"/Launch", root=b"/OpenAction 4 0 R"),
        "a.pdf",
        "active",
    ),
    "paper with a program of no type": (made.attached_by_hand(b"MZ" + bytes(99)), "a.pdf", "attached"),
    "paper with a password": (made.locked_paper(), "a.pdf", "encrypted"),
    "paper that is none": (b"%PDF-1.7 words", "a.pdf", "damaged"),
    "macros": (made.office(more={"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
    "object inside": (made.office(more=PACKED), "a.docx", "macros"),
    "macros by their type": (made.office(types="x.macroEnabled.main+xml"), "a.docx", "macros"),
    "far template": (made.office(more={"word/_rels/settings.xml.rels": FAR}), "a.docx", "active"),
    "zip bomb": (made.office(more={"word/media/a.xml": bytes(30_000_000)}), "a.docx", "bomb"),
    "path in the archive": (made.office(more={"word/../../a.xml": b"x"}), "a.docx", "damaged"),
}


def judged(content: bytes, name: str) -> str:
    try:
        return inspect(io.BytesIO(content), len(content), name)
    except Unfit as refusal:
        return refusal.code


@pytest.mark.parametrize(("content", "name", "found"), HONEST.values(), ids=HONEST)
def test_honest_files_pass_with_their_true_type(content: bytes, name: str, found: str) -> None:
    assert judged(content, name) == found


@pytest.mark.parametrize(("content", "name", "code"), REFUSED.values(), ids=REFUSED)
def test_dressed_up_and_broken_files_are_refused(content: bytes, name: str, code: str) -> None:
    assert judged(content, name) == code
    assert name in refusal_sentence(code, name)


def test_a_picture_of_too_many_dots_is_refused_before_it_is_drawn(monkeypatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 64 * 48 - 1)

    assert judged(made.picture(), "a.jpg") == "too_many_pixels"


GLANCED = {
    "photo": (made.photo_of_a_phone(), "a.jpg", "image/jpeg", ""),
    "photo without its end": (made.photo_with_place()[:-300], "a.jpg", "image/jpeg", "damaged"),
    "png without its end": (made.picture("PNG")[:-20], "a.png", "image/png", "damaged"),
    "webp without its end": (made.picture("WEBP")[:-9], "a.webp", "image/webp", "damaged"),
    "photo with an archive": (made.picture() + made.zipped(), "a.jpg", "image/jpeg", "disguised"),
    "letter": (made.office(), "a.docx", WORD, ""),
    "letter with macros": (made.office(more={"word/vbaProject.bin": b"x"}), "a.docx", WORD, "macros"),
    "letter without its end": (made.office()[:-30], "a.docx", WORD, "damaged"),
    "zip bomb": (made.office(more={"word/media/a.xml": bytes(30_000_000)}), "a.docx", WORD, "bomb"),
    "another name": (made.picture(), "a.docx", "image/jpeg", "wrong_name"),
}


@pytest.mark.parametrize(("content", "name", "media_type", "code"), GLANCED.values(), ids=GLANCED)
def test_while_the_form_waits_nothing_is_drawn_or_unpacked(
    content: bytes, name: str, media_type: str, code: str, monkeypatch
) -> None:
    for dear in ("PIL.ImageFile.ImageFile.load", "PIL.Image.Image.load", "zipfile.ZipFile.open"):
        monkeypatch.setattr(dear, lambda *_args: pytest.fail("drawn or unpacked"))

    assert early_refusal(io.BytesIO(content), name, media_type) == code


def test_every_code_has_its_sentence() -> None:
    assert {code for _content, _name, code in REFUSED.values()} <= set(REFUSALS)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\照片.jpg", "照片.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("\u200f\u2066x.png", "x.png"),
        ("…", "…"),
        ("...", "file"),
        ("", "file"),
        ("账" * 300 + ".docx", "账" * 115 + ".docx"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
