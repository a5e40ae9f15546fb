"""What scenarios may do and expect, registered by the apps."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflows.scenarios.player import Player

Act = Callable[["Player", str, dict[str, Any]], None]
Expectation = Callable[["Player", Any], None]

acts: dict[str, Act] = {}
expectations: dict[str, Expectation] = {}
preparations: list[Callable[[Any], None]] = []
performers: list[Callable[..., None]] = []


def act(name: str) -> Callable[[Act], Act]:
    """Register an act that is no task of a model, such as filing a tip or adding a finding."""

    def register(function: Act) -> Act:
        acts[name] = function
        return function

    return register


def expectation(name: str) -> Callable[[Expectation], Expectation]:
    """Register a check; it raises `Failure` with what was expected and what was found."""

    def register(function: Expectation) -> Expectation:
        expectations[name] = function
        return function

    return register


def preparation(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register what must exist before a scenario starts, e.g. the bureau and its people."""
    preparations.append(function)
    return function


def performer(function: Callable[..., None]) -> Callable[..., None]:
    """Register how a task is done: with the same form and use case as the page.

    Called with `player`, `actor`, `item`, `entries`, `key` and `now`.
    """
    performers[:] = [function]
    return function
