"""PDF: readable, without programs and without files inside that could be programs.

Papers with attached data in plain text or XML pass: electronic invoices (数电票) carry it.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from casework.rules.media_types import HEAD, media_type
from tips.files.inspection.unfit import Unfit, refuse_larger

MOST_MB = 200
MOST_OBJECTS = 400_000
DEEPEST = 40
MOST_ATTACHED = 10 * 1024 * 1024
ACTIVE_KINDS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}
ACTIVE_KEYS = {"/JS", "/RichMediaContent", "/XFA"}
ATTACHING = ("/EF", "/RF")
HARMLESS = {"text/plain", "image/jpeg", "image/png"}


def inspect_paper(file: BinaryIO, size: int) -> None:
    """Look at every object of the paper. Raises: Unfit."""
    refuse_larger(size, MOST_MB)
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unfit("encrypted")
        if len(reader.pages) == 0:
            raise Unfit("damaged")
        for thing in _objects(reader):
            _refuse_active(thing)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError):
        raise Unfit("damaged") from None


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    places = [(number, generation) for generation, table in reader.xref.items() for number in table]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > MOST_OBJECTS:
        raise Unfit("bomb")
    for number, generation in places:
        thing = reader.get_object(IndirectObject(number, generation, reader))
        yield from _inside(thing, 0)
    yield from _inside(reader.trailer, 0)


def _inside(thing: Any, depth: int) -> Iterator[DictionaryObject]:
    if depth > DEEPEST:
        raise Unfit("damaged")
    if isinstance(thing, DictionaryObject):
        yield thing
        for value in thing.values():
            yield from _inside(value, depth + 1)
    elif isinstance(thing, list):
        for value in thing:
            yield from _inside(value, depth + 1)


def _refuse_active(thing: DictionaryObject) -> None:
    if _resolved(thing, "/S") in ACTIVE_KINDS or thing.keys() & ACTIVE_KEYS:
        raise Unfit("active")
    if _resolved(thing, "/Type") == "/EmbeddedFile" and isinstance(thing, StreamObject):
        _refuse_program(thing)
    for name in ATTACHING:
        for attached in _streams(_resolved(thing, name)):
            _refuse_program(attached)


def _resolved(thing: DictionaryObject, name: str) -> Any:
    """An entry itself, though it may stand in an object of its own."""
    found = thing.get(name)
    return None if found is None else found.get_object()


def _streams(held: Any) -> Iterator[StreamObject]:
    """The files that a specification holds, whatever type they say they are: one each, or a list of them."""
    if isinstance(held, StreamObject):
        yield held
    elif isinstance(held, DictionaryObject | list):
        for value in held.values() if isinstance(held, DictionaryObject) else held:
            found = value.get_object()
            if isinstance(found, StreamObject):
                yield found
            elif isinstance(found, list):
                yield from (one for one in map(_itself, found) if isinstance(one, StreamObject))


def _itself(thing: Any) -> Any:
    return thing.get_object()


def _refuse_program(attached: StreamObject) -> None:
    if len(attached._data) > MOST_ATTACHED:
        raise Unfit("attached")
    head = attached.get_data()[:HEAD]
    if not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and media_type(head) not in HARMLESS:
        raise Unfit("attached")
