"""Look at the sealed words of a tip; each look is recorded."""

from dataclasses import dataclass
from datetime import datetime

from casework.models import Account
from tips import attachments, contents, messages
from tips.models import Tip, TipFile
from tips.permissions import TipPermission, require_tip
from tips.selectors import thread
from tips.words import TipWords
from workflows import journal


@dataclass(frozen=True)
class OpenedFile:
    """A file with its name opened."""

    file: TipFile
    name: str


@dataclass(frozen=True)
class OpenedTip:
    """What an officer sees of the sealed part."""

    words: TipWords
    files: list[OpenedFile]
    letters: list[messages.Letter]


def read_words(tip: Tip, *, actor: Account, purpose: str, now: datetime) -> OpenedTip:
    """Open words, file names and thread for one recorded look. Raises: NotFound without the grant."""
    require_tip(actor, tip, TipPermission.OPEN_WORDS, now=now)
    journal.record(
        "words_opened",
        now=now,
        actor=actor,
        subject=("tip", tip.pk),
        family=tip.leading_run.family,
        purpose=purpose,
    )
    key = contents.content_key(tip)
    return OpenedTip(
        words=contents.open_words(tip, key),
        files=[OpenedFile(file, contents.open_file_name(file, key)) for file in tip.files.all()],
        letters=[messages.read(message, key) for message in thread(tip)],
    )


def read_file(file: TipFile, *, actor: Account, now: datetime) -> tuple[str, bytes]:
    """Name and bytes of a tip's file, for one recorded look.

    Raises: NotFound without the grant, ObjectMissing, StoreDown.
    """
    require_tip(actor, file.tip, TipPermission.OPEN_WORDS, now=now)
    key = contents.content_key(file.tip)
    content = attachments.read(file, key)
    journal.record(
        "file_opened",
        now=now,
        actor=actor,
        subject=("tip", file.tip_id),
        family=file.tip.leading_run.family,
        file=str(file.pk),
    )
    return contents.open_file_name(file, key), content
