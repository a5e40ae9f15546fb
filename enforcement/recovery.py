"""Who wants to know that fund money came back: told inside the transaction that books it."""

from collections.abc import Callable

from workflows.door.transaction import Act
from workflows.models import Run

Listener = Callable[[Act, Run], None]
_listeners: list[Listener] = []


def register_recovery_listener(listener: Listener) -> None:
    """Call `listener` with the act and the run of the case whenever recovered fund money is booked."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_of_recovery(act: Act, run: Run) -> None:
    """Tell everybody who asked; what they write commits with the booking."""
    for listener in _listeners:
        listener(act, run)
