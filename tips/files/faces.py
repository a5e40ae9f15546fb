"""A file of a tip in words, for its tipster."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tips.files.attachments import name_of
from tips.files.sentences import refusal_sentence
from tips.models import TipFile

TONES = {
    TipFile.State.AWAITED: "late",
    TipFile.State.RECEIVED: "open",
    TipFile.State.CHECKED: "done",
    TipFile.State.REFUSED: "late",
}


@dataclass(frozen=True)
class TipFileFace:
    """Name, size, day, a word with its tone, and what to do when it was refused."""

    file: TipFile
    name: str
    word: str
    tone: str
    sentence: str = ""


def file_face(file: TipFile, content_key: bytes) -> TipFileFace:
    """How the tipster sees a file."""
    name = name_of(file, content_key)
    words: dict[Any, str] = {
        TipFile.State.AWAITED: _("not yet received: please send it again"),
        TipFile.State.RECEIVED: _("received, being checked"),
        TipFile.State.CHECKED: _("received"),
        TipFile.State.REFUSED: _("refused"),
    }
    sentence = refusal_sentence(file.refusal, name) if file.refusal else ""
    return TipFileFace(file, name, words[file.state], TONES[TipFile.State(file.state)], sentence)
