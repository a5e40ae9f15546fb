"""Destroying the keys of a tip and everything that could show who reported; the register's figures stay."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tips.models import (
    BureauClaim,
    ClaimPin,
    IdentityRequest,
    LikenessJudgement,
    PaymentLine,
    PinWaiver,
    Reexamination,
    RegisterEntry,
    RequestForTipster,
    Reward,
    RewardNotice,
    Tip,
    TipFile,
    TipIdentity,
    TipKey,
    TipMessage,
    TipUpload,
)
from tips.sealing import blind_marks

Eraser = Callable[[Tip], None]
_erasers: list[Eraser] = []


@dataclass(frozen=True)
class Erased:
    """What was destroyed: counts, and the hashes of wrapped keys, by which nobody can open anything."""

    key_digests: tuple[str, ...]
    messages: int
    files: int
    object_keys: tuple[str, ...]
    had_identity: bool
    had_payee: bool


def eraser(function: Eraser) -> Eraser:
    """Register what else of a tip is blanked when its keys are destroyed."""
    _erasers.append(function)
    return function


def destroy(tip: Tip, *, now: datetime) -> Erased:
    """Destroy within the caller's transaction; the tip's row and those of its keys are locked here.

    The receipt's digest becomes that of no code: the answer to the code is that of an unknown one.
    """
    keys = TipKey.objects.select_for_update().get(tip=tip)
    files = list(TipFile.objects.filter(tip=tip))
    done = Erased(
        key_digests=tuple(
            hashlib.sha256(bytes(key)).hexdigest()
            for key in (keys.for_bureau, keys.for_tipster, keys.identity)
            if key is not None
        ),
        messages=TipMessage.objects.filter(tip=tip).count(),
        files=len(files),
        object_keys=tuple(file.object_key for file in files),
        had_identity=TipIdentity.objects.filter(tip=tip).exists(),
        had_payee=_had_payee(tip),
    )
    keys.for_bureau = keys.for_tipster = keys.identity = None
    keys.pepper, keys.destroyed_at = "", now
    keys.save()
    for function in _erasers:
        function(tip)
    return done


def _had_payee(tip: Tip) -> bool:
    """Whether somebody was to be paid: claimed now, or ordered once, as before a return."""
    claimed = Reward.objects.filter(tip=tip).exclude(sealed_payee=None)
    return claimed.exists() or PaymentLine.objects.filter(reward__tip=tip).exists()


@eraser
def words(tip: Tip) -> None:
    """The words, and the digest by which the receipt code finds the tip."""
    Tip.objects.filter(pk=tip.pk).update(sealed_words=b"", receipt_digest=secrets.token_bytes(32))


@eraser
def texts_about_people(tip: Tip) -> None:
    """What officials wrote or confirmed for a case that never came; what entered a case is the case's."""
    if tip.case_id is None:
        Tip.objects.filter(pk=tip.pk).update(
            new_facts="",
            reviewed_copy="",
            party={},
            verification_record="",
            filing_reasons="",
            jurisdiction_note="",
            cause="",
        )
        RegisterEntry.objects.filter(tip=tip).update(
            summary="", reasons="", dispute_reasons="", named_reasons=""
        )


@eraser
def reexaminations(tip: Tip) -> None:
    """What was written when a decision was looked at again; that, when and how it ended stays as a figure."""
    Reexamination.objects.filter(tip=tip).update(reasons="", decision_reasons="")


@eraser
def messages(tip: Tip) -> None:
    """The texts of the thread; that and when somebody wrote stays as a figure."""
    TipMessage.objects.filter(tip=tip).update(sealed_text=b"")


@eraser
def requests(tip: Tip) -> None:
    """What the tipster was asked to supply."""
    RequestForTipster.objects.filter(tip=tip).update(sealed_words=b"")


@eraser
def likeness(tip: Tip) -> None:
    """The marks by which tips of one matter find each other, and what was written about two of them."""
    blind_marks.forget(tip)
    LikenessJudgement.objects.filter(Q(tip=tip) | Q(other=tip)).update(reasons="")


@eraser
def uploads(tip: Tip) -> None:
    """Files that arrived in part: their keys go now, what lies in the store with the next sweep."""
    TipUpload.objects.filter(tip=tip).update(wrapped_key=b"", sealed_name=b"", expires_at=F("started_at"))


@eraser
def files(tip: Tip) -> None:
    """Keys, names, sizes and fingerprints, which would recognise a file that lies elsewhere."""
    blank = {"wrapped_key": b"", "sealed_name": b"", "sealed_digest": b"", "content_mark": "", "size": 0}
    TipFile.objects.filter(tip=tip).update(reviewed_name="", residue="", **blank)


@eraser
def claim_pin(tip: Tip) -> None:
    """The hash of the PIN, and who came to the bureau without one."""
    ClaimPin.objects.filter(tip=tip).delete()
    PinWaiver.objects.filter(reward__tip=tip).update(
        sealed_person=b"", reasons="", used_at=Coalesce("used_at", "waived_at")
    )


@eraser
def bureau_claims(tip: Tip) -> None:
    """Who came to the bureau to claim, and how it was proved."""
    BureauClaim.objects.filter(reward__tip=tip).update(sealed_person=b"", reasons="")


@eraser
def reward_notices(tip: Tip) -> None:
    """Remarks on how the tipster was told: the number of a registered letter leads to an address."""
    RewardNotice.objects.filter(reward__tip=tip).update(remark="")


@eraser
def identity(tip: Tip) -> None:
    """Name and contact, payee data, and the words in which somebody asked for a look."""
    TipIdentity.objects.filter(tip=tip).delete()
    Reward.objects.filter(tip=tip).exclude(sealed_payee=None).update(sealed_payee=b"")
    PaymentLine.objects.filter(reward__tip=tip).update(sealed_payee=b"")
    IdentityRequest.objects.filter(tip=tip).update(reasons="", decision_reasons="")
