"""Copies for the case carry nothing that points at whoever made the file."""

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from casework.errors import ObjectMissing, StoreDown
from tests.tips.files import made
from tips.files.cleaning import cleaned, residue_of
from tips.files.cleaning.pictures import without_words
from tips.files.inspection import Unfit, inspect
from tips.files.types import PDF, SHEET, WORD
from tips.sealing.envelopes import SealBroken

SIGNED = b"<w:document><w:ins w:author='SECRETAUTHOR'/></w:document>"
NEW_LOOK = b"<w:ftr><w:rPr><w:rPrChange w:id='1' w:author = 'SECRETAUTHOR'/></w:rPr></w:ftr>"
BOOK = (
    b"<workbook xmlns='x'><fileSharing userName='SECRETUSER' reservationPassword='CC1A'/>"
    b"<mc:AlternateContent><mc:Choice Requires='x15'>"
    b"<x15ac:absPath url=\"C:\\Users\\SECRETUSER\\>\\\" xmlns:x15ac='y'></x15ac:absPath></mc:Choice>"
    b"</mc:AlternateContent><sheets><sheet name='1'/></sheets></workbook>"
)
THUMBNAIL = (
    b"<Relationships><Relationship Id='rId1' Target='xl/workbook.xml'/>"
    b"<Relationship Id='rId2' Type='x/metadata/thumbnail' Target='docProps/thumbnail.emf'/></Relationships>"
)
CASES = {
    "photo": (made.photo_with_place(), "image/jpeg", b"SECRETPHONE"),
    "photo of a phone": (made.photo_of_a_phone(), "image/jpeg", b"SECRET"),
    "photo in a paper": (made.paper_with(made.photo_of_a_phone(), ["/DCTDecode"]), PDF, b"SECRET"),
    "film": (made.film(), "video/mp4", made.PLACE),
    "days of a film": (made.film(), "video/mp4", b"\xe3\x01\x02\x03"),
    "song": (made.song(), "audio/mpeg", b"SECRET"),
}


def copied(content: bytes, media_type: str) -> bytes:
    copy = cleaned(io.BytesIO(content), len(content), media_type)
    result = copy.file.read()
    assert len(result) == copy.size
    assert inspect(io.BytesIO(result), len(result), "copy") == copy.media_type
    return result


@pytest.mark.parametrize(("content", "media_type", "canary"), CASES.values(), ids=CASES)
def test_what_names_the_maker_is_gone(content: bytes, media_type: str, canary: bytes) -> None:
    assert canary in content
    assert canary not in copied(content, media_type)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("more", [{}, {"optimize": True}, {"progressive": True}, {"icc_profile": b"COLOURS"}])
def test_a_picture_without_words_has_every_dot(kind: str, more: dict[str, object]) -> None:
    target = io.BytesIO()
    Image.effect_noise((90, 70), 50).convert("RGB").save(target, kind, **more)
    clean = without_words(target.getvalue())

    assert clean is not None
    with Image.open(io.BytesIO(clean)) as after, Image.open(target) as before:
        assert after.tobytes() == before.tobytes()


def test_a_photo_without_words_keeps_its_colours_and_ends_with_its_first_picture() -> None:
    clean = without_words(made.photo_of_a_phone())

    assert clean is not None
    assert b"COLOURS" in clean
    assert clean.endswith(b"\xff\xd9")
    assert b"SECRET" not in clean


@given(st.binary(max_size=200))
def test_what_cannot_be_read_to_its_end_is_not_called_clean(rubbish: bytes) -> None:
    for head in (b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b""):
        found = without_words(head + rubbish)
        assert found is None or found.endswith((b"\xff\xd9", b"IEND" + found[-4:]))


def test_a_film_keeps_its_length_and_its_frames() -> None:
    film = made.film(frames=b"PICTURE")
    copy = copied(film, "video/mp4")

    assert len(copy) == len(film)
    assert copy.endswith(b"PICTURE" * 500)


def test_a_song_keeps_its_sound() -> None:
    assert copied(made.song(), "audio/mpeg") == made.song(tagged=False)


def test_a_paper_loses_its_author() -> None:
    paper = made.paper(author="SECRETAUTHOR")
    assert PdfReader(io.BytesIO(paper)).metadata["/Author"] == "SECRETAUTHOR"  # type: ignore[index]

    copy = copied(paper, PDF)

    assert "/Author" not in (PdfReader(io.BytesIO(copy)).metadata or {})


def test_an_office_file_loses_its_author_and_its_photos_their_phone() -> None:
    paper = made.office(more={"word/media/a.jpeg": made.photo_with_place()})

    with zipfile.ZipFile(io.BytesIO(copied(paper, WORD))) as archive:
        assert b"SECRETAUTHOR" not in archive.read("docProps/core.xml")
        assert b"SECRETPHONE" not in archive.read("word/media/a.jpeg")
        assert archive.read("word/document.xml") == b"<w:document/>"


@pytest.mark.parametrize("name", ["xl/media/a.png", "xl/media/a", "xl/drawings/a.JPG"])
def test_a_photo_inside_is_known_by_its_first_bytes(name: str) -> None:
    book = made.office("xl", more={name: made.photo_of_a_phone()})

    with zipfile.ZipFile(io.BytesIO(copied(book, SHEET))) as archive:
        assert b"SECRET" not in archive.read(name)


def test_a_workbook_forgets_where_it_lay_and_how_it_looked() -> None:
    more = {"xl/workbook.xml": BOOK, "_rels/.rels": THUMBNAIL, "docProps/thumbnail.emf": b"SECRETLOOK"}
    book = made.office("xl", more=more)

    with zipfile.ZipFile(io.BytesIO(copied(book, SHEET))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"SECRET" in part or b"thumbnail" in part for part in parts.values())
    assert "docProps/thumbnail.emf" not in parts
    assert b"<sheet name='1'/>" in parts["xl/workbook.xml"]
    assert b"<Relationship Id='rId1' Target='xl/workbook.xml'/>" in parts["_rels/.rels"]


@pytest.mark.parametrize(
    ("content", "media_type", "residue"),
    [
        (made.office(more={"word/comments.xml": b"x"}), WORD, "remarks"),
        (made.office(more={"word/document.xml": SIGNED}), WORD, "remarks"),
        (made.office(more={"word/footer1.xml": NEW_LOOK}), WORD, "remarks"),
        (made.office(more={"word/styles.xml": NEW_LOOK.decode().encode("utf-16")}), WORD, "remarks"),
        (made.office(more={"word/media/image1.emf": b"EMF"}), WORD, "inner_files"),
        (made.office(more={"word/embeddings/a.xlsx": made.office("xl")}), WORD, "inner_files"),
        (made.office(more={"word/media/a.jpeg": made.picture()[:-2]}), WORD, "inner_files"),
        (made.office(more={"word/media/a.bin.jpeg": made.picture("PNG")}), WORD, ""),
        (made.office(), WORD, ""),
        (made.film(tracks=(b"vide", b"meta")), "video/mp4", "place_track"),
        (made.film(), "video/mp4", ""),
        (made.paper(), PDF, ""),
        (made.paper_by_hand(b"<< /SigFlags 5 0 R >>", b"3", root=b"/AcroForm 4 0 R"), PDF, "signed_paper"),
        (made.paper_with(made.picture(), ["/DCTDecode"]), PDF, ""),
        (made.paper_with(made.picture()[:-2], ["/DCTDecode"]), PDF, "inner_files"),
        (made.paper_with(zlib.compress(made.picture()), ["/FlateDecode", "/DCTDecode"]), PDF, "inner_files"),
        (made.paper_with(b"jp2", ["/JPXDecode"]), PDF, "inner_files"),
        (made.moving("PNG"), "image/png", "first_picture"),
        (made.moving("WEBP"), "image/webp", "first_picture"),
        (made.picture(), "image/jpeg", ""),
        (made.picture("PNG"), "image/png", ""),
    ],
)
def test_what_cannot_be_taken_out_is_told(content: bytes, media_type: str, residue: str) -> None:
    assert residue_of(io.BytesIO(content), len(content), media_type) == residue


def nested(times: int) -> bytes:
    inner = made.track(b"vide")
    for _ in range(times):
        inner = made.box(b"moov", inner)
    return made.box(b"ftyp", b"isom" + bytes(4) + b"isom") + inner + made.box(b"mdat", bytes(99))


def test_boxes_that_go_ever_deeper_are_refused_for_good() -> None:
    content = nested(2000)
    with pytest.raises(Unfit) as refusal:
        residue_of(io.BytesIO(content), len(content), "video/mp4")
    assert refusal.value.code == "bomb"


@pytest.mark.parametrize(
    "stumble",
    [RecursionError, IndexError, OSError, ZeroDivisionError, MemoryError, Image.DecompressionBombError],
)
@pytest.mark.parametrize(
    ("content", "media_type", "place"),
    [
        (made.paper(), PDF, "papers.PdfReader"),
        (made.office(), WORD, "office.zipfile.ZipFile"),
        (made.picture(), "image/jpeg", "pictures.Image.open"),
    ],
)
def test_whatever_a_library_stumbles_over_ends_in_a_word(
    content: bytes, media_type: str, place: str, stumble: type[Exception], monkeypatch
) -> None:
    def stumbling(*_args: object, **_more: object) -> None:
        raise stumble

    monkeypatch.setattr(f"tips.files.cleaning.{place}", stumbling)
    try:
        found = residue_of(io.BytesIO(content), len(content), media_type)
    except Unfit as refusal:
        found = refusal.code
    assert found in {"damaged", "bomb", "locked_paper"}


@pytest.mark.parametrize("trouble", [StoreDown, ObjectMissing, SealBroken])
def test_a_store_that_goes_away_is_no_fault_of_the_file(trouble: type[Exception]) -> None:
    class Gone(io.BytesIO):
        def read(self, *_args: object) -> bytes:
            raise trouble

    with pytest.raises(trouble):
        residue_of(Gone(b"%PDF-1.7"), 8, "image/jpeg")


def test_a_picture_is_opened_as_nothing_but_a_picture() -> None:
    """Drawing programs such as PostScript's are never run."""
    drawing = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawing, "EPS")
    with pytest.raises(Image.UnidentifiedImageError):
        cleaned(drawing, drawing.tell(), "image/jpeg")
