"""Compare a PIN; a wrong one is counted, and the next one costs more."""

from django.db.models import F

from tips.effort import limits
from tips.models import ClaimPin, Tip
from tips.rewards import pins
from tips.rewards.pin_errors import PinNeeded, WrongPin


def check_pin(tip: Tip, pin: str) -> None:
    """Let a right PIN pass; outside any transaction, so that a wrong one stays counted.

    Raises: PinNeeded when none was chosen yet, WrongPin, LookUpDown.
    """
    kept = ClaimPin.objects.filter(tip=tip).first()
    if kept is None:
        raise PinNeeded
    if pin and pins.is_right(tip, kept, pin):
        return
    ClaimPin.objects.filter(tip=tip).update(wrong_count=F("wrong_count") + 1)
    limits.count_wrong_pin(pins.try_mark(tip))
    raise WrongPin
