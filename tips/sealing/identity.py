"""The tipster's identity: sealed under a key of its own, opened by one person for one purpose, every look recorded."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tips.errors import Destroyed
from tips.models import (
    BureauClaim,
    IdentityOpening,
    IdentityRequest,
    PinWaiver,
    Reward,
    Tip,
    TipIdentity,
    TipKey,
)
from tips.sealing import envelopes
from tips.words import Identity, Payee
from workflows import journal


def seal_identity(tip: Tip, identity: Identity | None, *, now: datetime) -> TipIdentity:
    """Keep who the tipster is; an anonymous tip gets an empty identity once a reward is claimed.

    Raises: Destroyed.
    """
    key = envelopes.new_key()
    value = identity.as_json() if identity else {}
    kept = TipKey.objects.filter(tip=tip, destroyed_at=None, identity=None)
    if not kept.update(identity=envelopes.wrap_identity_key(key, tip.number)):
        raise Destroyed
    return TipIdentity.objects.create(
        tip=tip,
        sealed_identity=envelopes.seal_json(key, value, f"{tip.number} identity"),
        updated_at=now,
    )


def seal_supervisor(tip: Tip, supervisor_id: int, *, now: datetime) -> None:
    """Keep which social supervisor reported, under the identity key; the open mark says only that one did."""
    stored = TipIdentity.objects.filter(tip=tip).first() or seal_identity(tip, None, now=now)
    stored.sealed_supervisor = envelopes.seal_json(_key(stored), supervisor_id, f"{tip.number} supervisor")
    stored.save(update_fields=["sealed_supervisor"])


def known_supervisor(stored: TipIdentity) -> int | None:
    """Which supervisor reported, for a machine that counts; nothing once the key was destroyed."""
    if stored.sealed_supervisor is None:
        return None
    try:
        found: int = envelopes.unseal_json(
            _key(stored), stored.sealed_supervisor, f"{stored.tip.number} supervisor"
        )
    except Destroyed:
        return None
    return found


def seal_payees(reward: Reward, payees: Mapping[int, Payee], *, now: datetime) -> bytes:
    """The envelope of a claim, under the identity key of the tip: a payee for each person by number."""
    stored = TipIdentity.objects.filter(tip=reward.tip).first() or seal_identity(reward.tip, None, now=now)
    value = {"payees": {str(person): asdict(payee) for person, payee in payees.items()}}
    return envelopes.seal_json(_key(stored), value, f"{reward.claim_number} payee")


def payee_envelopes(reward: Reward) -> dict[int, bytes]:
    """An envelope for each payee of the claim, so that each payment holds its own alone; by machine."""
    key = _key(TipIdentity.objects.get(tip=reward.tip))
    context = f"{reward.claim_number} payee"
    return {
        person: envelopes.seal_json(key, {"payees": {str(person): asdict(payee)}}, context)
        for person, payee in _payees(reward, reward.sealed_payee).items()
    }


def seal_person(reward: Reward, person: dict[str, str], *, now: datetime) -> bytes:
    """Who came to the bureau without a PIN, under the identity key of the tip."""
    stored = TipIdentity.objects.filter(tip=reward.tip).first() or seal_identity(reward.tip, None, now=now)
    return envelopes.seal_json(_key(stored), person, f"{reward.claim_number} person")


def known_person(waiver: PinWaiver | BureauClaim) -> dict[str, str]:
    """The same, for a machine that compares, or within a task whose looks are recorded."""
    reward = waiver.reward
    stored = TipIdentity.objects.get(tip=reward.tip_id)
    found: dict[str, str] = envelopes.unseal_json(
        _key(stored), waiver.sealed_person, f"{reward.claim_number} person"
    )
    return found


def open_identity(tip: Tip, *, actor: Any, purpose: str, work_item_id: Any, now: datetime) -> Identity | None:
    """Who the tipster is, for one recorded look; nothing for an anonymous tip."""
    _record(tip, ("tip", tip.pk), actor, purpose, work_item_id, now)
    return known_identity(tip)


def open_requested(request: IdentityRequest, *, now: datetime) -> Identity | None:
    """The same for an approved request: shown to its asker alone."""
    tip, actor = request.tip, request.asked_by
    IdentityOpening.objects.create(tip=tip, opened_by=actor, purpose=request.purpose, request=request, at=now)
    journal.record(
        "identity_opened",
        now=now,
        actor=actor,
        subject=("tip", tip.pk),
        family=tip.leading_run.family,
        purpose=request.purpose,
        request=request.pk,
    )
    return known_identity(tip)


def open_payees(
    reward: Reward,
    *,
    actor: Any,
    purpose: str,
    work_item_id: Any,
    now: datetime,
    envelope: envelopes.Envelope | None = None,
) -> dict[int, Payee]:
    """Who is to be paid, by number, for one recorded look: those of the claim, or of one payment's envelope.

    Raises: Destroyed.
    """
    _record(reward.tip, ("reward", reward.pk), actor, purpose, work_item_id, now)
    return _payees(reward, envelope if envelope is not None else reward.sealed_payee)


def _payees(reward: Reward, envelope: envelopes.Envelope | None) -> dict[int, Payee]:
    stored = TipIdentity.objects.filter(tip=reward.tip).select_related("tip").first()
    if stored is None:
        raise Destroyed
    value = envelopes.unseal_json(_key(stored), envelope or b"", f"{reward.claim_number} payee")
    # Claims from before joint payees hold the one payee as it is.
    found = value.get("payees", {"1": value})
    return {int(person): Payee(**payee) for person, payee in found.items()}


def known_identity(tip: Tip) -> Identity | None:
    """The identity for a machine that writes to the tipster; people go through `open_identity`."""
    stored = TipIdentity.objects.filter(tip=tip).first()
    if stored is None:
        return None
    value = envelopes.unseal_json(_key(stored), stored.sealed_identity, f"{tip.number} identity")
    return Identity.from_json(value) if value else None


def _key(stored: TipIdentity) -> bytes:
    # A list brings the key along: otherwise each row would ask for its own.
    wrapped = (
        stored.wrapped_key
        if hasattr(stored, "wrapped_key")
        else TipKey.objects.values_list("identity", flat=True).get(tip=stored.tip_id)
    )
    if wrapped is None:
        raise Destroyed
    return envelopes.unwrap_identity_key(wrapped, stored.tip.number)


def _record(
    tip: Tip, subject: tuple[str, int], actor: Any, purpose: str, work_item_id: Any, now: datetime
) -> None:
    IdentityOpening.objects.create(
        tip=tip, opened_by=actor, purpose=purpose, work_item_id=work_item_id, at=now
    )
    journal.record(
        "identity_opened", now=now, actor=actor, subject=subject, purpose=purpose, work_item=str(work_item_id)
    )
