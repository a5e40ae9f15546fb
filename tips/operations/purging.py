"""What the model of a purge may call."""

from typing import Any

from casework.errors import StoreDown
from tips.purging.objects import remove_due
from tips.services.destroy_keys import destroy_keys
from tips.services.propose_purge import WITHDRAWN
from workflows.errors import TryLater
from workflows.messages import register_messages
from workflows.registry import EffectCall, OperationCall, compute, effect

register_messages(WITHDRAWN)


@compute("tips.destroy_keys")
def destroy(call: OperationCall) -> dict[str, Any]:
    """Destroy the keys, unless a hold or an open matter stands in the way by now. Source: REG 46; TH 18, 22."""
    return {"purged": "done" if destroy_keys(call.act, call.run, now=call.now) else "stopped"}


@effect("tips.remove_objects")
def remove_objects(call: EffectCall) -> None:
    """Remove the sealed files that the store gives up; what is locked is due later."""
    try:
        remove_due(call.now)
    except StoreDown as error:
        raise TryLater from error
