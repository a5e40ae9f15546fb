"""受理回执: a signed statement that a report was filed, which reveals nothing of it.

The statement names bureau, register number, moments and a commitment. The receipt code, words, names and the number
of files are no part of it. Whoever filed can later open the commitment with the proof file; nobody else can.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tips.files import attachments
from tips.models import Tip, TipFile
from tips.receipts import acknowledgement_keys as keys
from tips.rules import commitment
from tips.sealing import contents
from workflows.errors import Refusal

FORMAT = "fundguard-acknowledgement-1"
PROOF_FORMAT = "fundguard-acknowledgement-proof-1"
KIND, VERSION = "acknowledgement", 1
HELD = (TipFile.State.RECEIVED, TipFile.State.CHECKED)
LONGEST = 64 * 1024
FACTS = frozenset({"kind", "version", "bureau", "number", "received_at", "issued_at", "commitment", "key"})


class NotAnAcknowledgement(Refusal):
    """What was handed in is no acknowledgement at all."""

    code = "not_an_acknowledgement"
    text = _(
        "This is no acknowledgement of this site: hand in the JSON file, or the whole check code of the paper."
    )
    status = 422


@dataclass(frozen=True)
class Acknowledgement:
    """A statement with its signature, and what only the tipster gets to open it."""

    statement: str
    signature: bytes
    salt: bytes
    content: str

    @property
    def shown(self) -> dict[str, str]:
        """What may be shown to anybody."""
        return {
            "format": FORMAT,
            "statement": self.statement,
            "signature": self.signature.hex(),
            "public_key": keys.public_key().hex(),
        }

    @property
    def proof(self) -> dict[str, str]:
        """What proves later what was filed; whoever has it can read the words."""
        return {"format": PROOF_FORMAT, "salt": self.salt.hex(), "content": self.content}

    @property
    def facts(self) -> dict[str, Any]:
        """The statement as values."""
        return dict(json.loads(self.statement))


def acknowledge(tip: Tip, content_key: bytes, salt: bytes, *, now: datetime) -> Acknowledgement:
    """State what the bureau holds of a report at this moment, with every file that has arrived."""
    words = contents.open_words(tip, content_key)
    content = commitment.content_text(words.as_json(), _digests(tip, content_key))
    statement = commitment.as_text(
        {
            "kind": KIND,
            "version": VERSION,
            "bureau": tip.bureau.name,
            "number": tip.number,
            "received_at": _moment(tip.received_at),
            "issued_at": _moment(now),
            "commitment": commitment.commitment(salt, content),
            "key": keys.key_id(),
        }
    )
    return Acknowledgement(statement, keys.sign(statement), salt, content)


def _digests(tip: Tip, content_key: bytes) -> list[str]:
    arrived = tip.files.filter(is_from_tipster=True, state__in=HELD).exclude(sealed_digest=b"")
    return [attachments.digest_of(file, content_key).hex() for file in arrived]


def check_code(shown: dict[str, str]) -> str:
    """The acknowledgement as one word for paper; it is read back whatever spaces and lines are between."""
    return base64.urlsafe_b64encode(commitment.as_text(shown).encode()).decode()


def checked(handed_in: str) -> tuple[dict[str, Any], bool]:
    """Facts of an acknowledgement and whether the bureau signed them. Raises: NotAnAcknowledgement."""
    shown = _read(handed_in)
    try:
        statement, signature = shown["statement"], bytes.fromhex(shown["signature"])
        facts = json.loads(statement)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotAnAcknowledgement from error
    is_ours = isinstance(facts, dict) and facts.keys() == FACTS
    if not is_ours or (facts["kind"], facts["version"]) != (KIND, VERSION):
        raise NotAnAcknowledgement
    return facts, keys.is_signed(statement, signature, str(facts["key"]))


def _read(handed_in: str) -> dict[str, Any]:
    text = handed_in.strip()
    if len(text) > LONGEST:
        raise NotAnAcknowledgement
    try:
        if not text.startswith("{"):
            text = base64.urlsafe_b64decode("".join(text.split())).decode()
        shown = json.loads(text)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise NotAnAcknowledgement from error
    if not isinstance(shown, dict) or shown.get("format") != FORMAT:
        raise NotAnAcknowledgement
    return shown


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
