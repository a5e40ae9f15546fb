"""Take in a tip."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casework.models import Account, Bureau, Institution
from casework.services.numbering import official_number
from tips.files.attachments import Attachment, StoredAttachment, put_away
from tips.files.baskets import Owner
from tips.models import Tip, TipFile
from tips.receipts import receipt_code
from tips.register.entries import enter
from tips.runs import begin_handling
from tips.sealing import contents, envelopes, identity
from tips.sealing.blind_marks import mark
from tips.services.choose_pin import keep_pin, may_have_pin
from tips.services.take_uploads import take_basket, want_check
from tips.words import Identity, TipWords
from workflows.door.commands import new_matter
from workflows.door.transaction import Act
from workflows.models import InboxEntry
from workflows.rules.calendar import civil_date


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A tip as its form gives it; `identity` only for a real-name tip."""

    bureau: Bureau
    words: TipWords
    institution: Institution | None = None
    target_kind: str = Tip.Target.ORGANISATION
    is_real_name: bool = False
    identity: Identity | None = None
    wants_reward: bool = False
    is_insider: bool = False
    channel: str = Tip.Channel.WEB
    consent_version: str = ""
    received_at: datetime | None = None
    """When it reached the bureau, if that was before it was entered."""
    handed_on_by: str = ""
    is_read_back: bool = False
    supervisor_id: int | None = None
    """The social supervisor who reports: sealed, only the mark is open."""
    pin: str = field(default="", repr=False)
    """What an anonymous claim will need beside the code; may be chosen later too."""


@dataclass(frozen=True)
class FiledTip:
    """What the tipster is told: the code (22 characters) is known to nobody else."""

    tip: Tip
    code: str
    missing_files: int
    unfinished_files: int = 0


def file_tip(
    filing: Filing,
    *,
    files: Sequence[Attachment],
    seed: bytes,
    now: datetime,
    actor: Account | None = None,
    basket: Owner | None = None,
) -> FiledTip:
    """Seal a tip, number it and start its run, all in one transaction; files go to the store before it.

    `seed` is the random secret of the filing form (32 bytes); the receipt code and the idempotency key follow
    from it. A file that the store did not take is noted as awaited; uploads of the form's basket that are not
    whole yet go on from the status page. Raises: Repeated with the tip's id.
    Source: TH 6–8, 18; REG 46.
    """
    code = receipt_code.from_seed(seed)
    content_key = envelopes.new_key()
    stored = put_away(files)
    agent = "" if actor else "tipster"
    with new_matter(actor=actor, key=filing_key(seed), now=now, agent=agent) as act:
        tip = _sealed_tip(filing, code, content_key, now, actor)
        contents.keep_keys(tip, content_key, code)
        if filing.is_real_name and filing.identity:
            identity.seal_identity(tip, filing.identity, now=now)
        if filing.supervisor_id:
            identity.seal_supervisor(tip, filing.supervisor_id, now=now)
        if filing.pin and may_have_pin(tip):
            keep_pin(tip, filing.pin, now=now)
        _start(act, tip)
        add_files(act, tip, stored, content_key=content_key)
        unfinished = take_basket(act, tip, basket, content_key=content_key) if basket else 0
        act.answer = {"tip": tip.pk}
    return FiledTip(tip, code, sum(not file.is_stored for file in stored), unfinished)


def is_filed(seed: bytes) -> bool:
    """Whether the report of a form is taken in: then nothing of it need be stored once more."""
    return InboxEntry.objects.filter(key=filing_key(seed)).exists()


def filing_key(seed: bytes) -> str:
    """Idempotency key of a filing form; the seed itself is kept nowhere."""
    return f"file_tip:{hashlib.sha256(seed).hexdigest()}"


def add_files(act: Act, tip: Tip, files: Sequence[StoredAttachment], *, content_key: bytes) -> list[TipFile]:
    """Note the files of a tip, received or awaited; what was received is checked after the commit."""
    rows = TipFile.objects.bulk_create(file.row(tip.pk, content_key, added_at=act.now) for file in files)
    for row in rows:
        if row.state == TipFile.State.RECEIVED:
            want_check(act, tip, row)
    return rows


def _sealed_tip(filing: Filing, code: str, content_key: bytes, now: datetime, actor: Account | None) -> Tip:
    number = official_number(filing.bureau, "tip", civil_date(now))
    tip = Tip.objects.create(
        number=number,
        register_number=number,
        bureau=filing.bureau,
        received_at=filing.received_at or now,
        entered_at=now,
        taken_in_by=actor,
        handed_on_by=filing.handed_on_by,
        is_read_back=filing.is_read_back,
        is_from_supervisor=filing.supervisor_id is not None,
        channel=filing.channel,
        is_real_name=filing.is_real_name,
        wants_reward=filing.wants_reward,
        is_insider=filing.is_insider,
        target_kind=filing.target_kind,
        consent_version=filing.consent_version,
        institution=filing.institution,
        receipt_digest=receipt_code.digest(code),
        sealed_words=contents.seal_words(content_key, number, filing.words),
    )
    enter(tip, now=now)
    mark(tip, filing.words, now=now)
    return tip


def _start(act: Act, tip: Tip) -> None:
    begin_handling(act, tip, business_key=tip.number, since=tip.received_at)
    tip.save(update_fields=["run"])
    act.record("tip_received", run=tip.run, channel=tip.channel, real_name=tip.is_real_name)
