"""Choose the PIN that guards an anonymous claim, or change it with the old one."""

from datetime import datetime

from tips.models import ClaimPin, Tip
from tips.rewards import pins
from tips.rewards.pin_errors import NoPinHere, PinChosen
from tips.services.check_pin import check_pin
from workflows.door.commands import matter_of


def keep_pin(tip: Tip, pin: str, *, now: datetime) -> ClaimPin:
    """Keep the hash of a PIN that was checked for strength, within the caller's transaction; the PIN goes nowhere."""
    digest, pepper = pins.digest_of(tip, pin)
    return ClaimPin.objects.create(tip=tip, digest=digest, pepper=pepper, chosen_at=now)


def choose_pin(tip: Tip, pin: str, *, current: str = "", key: str, now: datetime) -> ClaimPin:
    """Set the PIN of an anonymous tip that has none, or replace it, which needs the one that stands.

    Raises: NoPinHere, PinChosen, WrongPin, Repeated, LookUpDown.
    """
    if current:
        check_pin(tip, current)
    with matter_of(tip.leading_run, actor=None, key=f"pin:{key}", now=now, agent="tipster") as act:
        if not may_have_pin(tip):
            raise NoPinHere
        kept = ClaimPin.objects.select_for_update().filter(tip=tip).first()
        if kept is None:
            kept = keep_pin(tip, pin, now=now)
        elif not current:
            raise PinChosen
        else:
            kept.digest, kept.pepper = pins.digest_of(tip, pin)
            kept.chosen_at = now
            kept.save(update_fields=["digest", "pepper", "chosen_at"])
        act.record("claim_pin_chosen", run=tip.run)
    return kept


def may_have_pin(tip: Tip) -> bool:
    """Whether a PIN means anything: an anonymous report whose tipster wants the reward."""
    return not tip.is_real_name and tip.wants_reward and tip.withdrawn_at is None
