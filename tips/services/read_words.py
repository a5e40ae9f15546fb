"""Look at the sealed words of a tip; each look is recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.errors import NotFound
from casework.models import Account
from tips.coming_back import messages
from tips.files import attachments
from tips.models import Tip, TipFile
from tips.permissions import TipPermission, require_tip
from tips.sealing import contents
from tips.selectors import thread
from tips.services.write_message import mark_read
from tips.words import TipWords
from workflows import journal
from workflows.models import JournalEntry
from workflows.rules.calendar import civil_date

ONE_LOOK = timedelta(minutes=10)
"""A player asks for a film in many pieces: those of the same ten minutes are one look."""


@dataclass(frozen=True)
class OpenedFile:
    """A file with its name opened."""

    file: TipFile
    name: str


@dataclass(frozen=True)
class ReadFile:
    """A file for one look: its name, its bytes as a file that can be sought."""

    name: str
    file: attachments.Reading


@dataclass(frozen=True)
class OpenedTip:
    """What an officer sees of the sealed part."""

    words: TipWords
    files: list[OpenedFile]
    letters: list[messages.Letter]
    requests: list[messages.Asked]


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
    opened = OpenedTip(
        words=contents.open_words(tip, key),
        files=[
            OpenedFile(file, attachments.name_of(file, key))
            for file in tip.files.filter(is_from_tipster=True)
        ],
        letters=[messages.read(message, key) for message in thread(tip)],
        requests=messages.asked_of(tip, key, today=civil_date(now)),
    )
    mark_read(tip, by_tipster=False, now=now)
    return opened


def read_file(file: TipFile, *, actor: Account, now: datetime) -> ReadFile:
    """Name and bytes of a checked file, for one recorded look; a player's further requests belong to it.

    Raises: NotFound without the grant or before the check.
    """
    require_tip(actor, file.tip, TipPermission.OPEN_WORDS, now=now)
    if file.state != TipFile.State.CHECKED:
        raise NotFound
    if not _is_looking(file, actor, now):
        journal.record(
            "file_opened",
            now=now,
            actor=actor,
            subject=("tip", file.tip_id),
            family=file.tip.leading_run.family,
            file=str(file.pk),
        )
    key = contents.content_key(file.tip)
    return ReadFile(attachments.name_of(file, key), attachments.Reading(file, key))


def _is_looking(file: TipFile, actor: Account, now: datetime) -> bool:
    """Whether the same person's look at the file is recorded and young."""
    looks = JournalEntry.objects.filter(subject_kind="tip", subject_id=file.tip_id, act="file_opened")
    return looks.filter(actor=actor, at__gt=now - ONE_LOOK, details__file=str(file.pk)).exists()
