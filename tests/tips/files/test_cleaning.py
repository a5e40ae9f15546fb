"""Copies for the case carry nothing that points at whoever made the file."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from tests.tips.files import made
from tips.cleaning import cleaned, residue_of
from tips.file_types import PDF, WORD
from tips.inspection import inspect

SIGNED = b"<w:document><w:ins w:author='SECRETAUTHOR'/></w:document>"
CASES = {
    "photo": (made.photo_with_place(), "image/jpeg", b"SECRETPHONE"),
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


@pytest.mark.parametrize(
    ("content", "media_type", "residue"),
    [
        (made.office(more={"word/comments.xml": b"x"}), WORD, "remarks"),
        (made.office(more={"word/document.xml": SIGNED}), WORD, "remarks"),
        (made.office(), WORD, ""),
        (made.film(tracks=(b"vide", b"meta")), "video/mp4", "place_track"),
        (made.film(), "video/mp4", ""),
        (made.paper(), PDF, ""),
        (made.picture(), "image/jpeg", ""),
    ],
)
def test_what_cannot_be_taken_out_is_told(content: bytes, media_type: str, residue: str) -> None:
    assert residue_of(io.BytesIO(content), len(content), media_type) == residue
