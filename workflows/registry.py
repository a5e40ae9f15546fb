"""Functions that models may call, by name. Domain apps register here; the engine calls them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workflows.rules.calendar import Calendar
from workflows.rules.periods import Period

if TYPE_CHECKING:
    from workflows.door.transaction import Act
    from workflows.models import Run


@dataclass(frozen=True)
class OperationCall:
    """What a compute operation gets: the running act, the run and a copy of the token's data."""

    act: "Act"
    run: "Run"
    element_id: str
    data: Mapping[str, Any]
    now: datetime


@dataclass(frozen=True)
class EffectCall:
    """What an effect gets. `key` never changes between attempts: pass it on as the idempotency key."""

    key: str
    run: "Run | None"
    payload: Mapping[str, Any]
    now: datetime


@dataclass(frozen=True)
class LegalPeriod:
    """A period in force, with the calendar to count it on, the article that sets it and its warnings."""

    period: Period
    calendar: Calendar
    source: str
    ladder: tuple[str, ...] = ()


Compute = Callable[[OperationCall], Mapping[str, Any] | None]
Effect = Callable[[EffectCall], Mapping[str, Any] | None]
Candidates = Callable[["Run", Mapping[str, Any]], Iterable[int]]
ClaimHook = Callable[..., None]
PeriodSource = Callable[[str, datetime, "Run"], LegalPeriod]

_computes: dict[str, Compute] = {}
_effects: dict[str, Effect] = {}
_candidates: dict[str, Candidates] = {}
_claim_hooks: dict[str, ClaimHook] = {}
_forms: set[str] = set()
_roles: dict[str, Any] = {}
_duties: dict[str, Any] = {}
_period_source: list[PeriodSource] = []
_clock_keys: set[str] = set()
_units: dict[str, Callable[["Run"], int]] = {}
_assigning_lanes: set[str] = set()


def compute(name: str) -> Callable[[Compute], Compute]:
    """Register a function that runs inside the step and writes only its own app's rows."""

    def register(function: Compute) -> Compute:
        _computes[name] = function
        return function

    return register


def effect(name: str) -> Callable[[Effect], Effect]:
    """Register a function that the relay carries out after the commit; it may run twice with one key."""

    def register(function: Effect) -> Effect:
        _effects[name] = function
        return function

    return register


def candidates(name: str) -> Callable[[Candidates], Candidates]:
    """Register a function that names the accounts to whom an item is offered."""

    def register(function: Candidates) -> Candidates:
        _candidates[name] = function
        return function

    return register


def claim_hook(subject_kind: str) -> Callable[[ClaimHook], ClaimHook]:
    """Register what happens, in the same transaction, when somebody claims work on such a subject."""

    def register(function: ClaimHook) -> ClaimHook:
        _claim_hooks[subject_kind] = function
        return function

    return register


def register_form(key: str) -> None:
    """Make the key of a task page known to the model checks."""
    _forms.add(key)


def register_roles(roles: Mapping[str, Any], duties: Mapping[str, Any]) -> None:
    """Make lanes and separation keys known, with their labels for people."""
    _roles.update(roles)
    _duties.update(duties)


def register_periods(source: PeriodSource, keys: Iterable[str]) -> None:
    """Say where legal periods come from: key, moment and run → `LegalPeriod`."""
    _period_source[:] = [source]
    _clock_keys.update(keys)


def register_unit(lane: str, unit_of: Callable[["Run"], int]) -> None:
    """Say that work of a lane is offered in another unit than the run's own, e.g. the superior's."""
    _units[lane] = unit_of


def register_assigning_lanes(lanes: Iterable[str]) -> None:
    """Say whose members may give work of their unit to a person."""
    _assigning_lanes.update(lanes)


def assigning_lanes() -> frozenset[str]:
    """Lanes whose members may give work of their unit to a person."""
    return frozenset(_assigning_lanes)


def unit_for(lane: str, run: "Run") -> int:
    """The unit in which work of a lane is offered."""
    return _units[lane](run) if lane in _units else run.unit_id


def compute_named(name: str) -> Compute:
    """The compute operation of that name."""
    return _computes[name]


def effect_named(name: str) -> Effect:
    """The effect of that name."""
    return _effects[name]


def candidates_named(name: str) -> Candidates:
    """The candidates function of that name."""
    return _candidates[name]


def claim_hook_for(subject_kind: str) -> ClaimHook | None:
    """The hook of a subject kind, if any."""
    return _claim_hooks.get(subject_kind)


def period(key: str, at: datetime, run: "Run") -> LegalPeriod:
    """The legal period in force at a moment for a run."""
    return _period_source[0](key, at, run)


def operations() -> dict[str, str]:
    """Every registered operation with its kind, compute or effect."""
    return dict.fromkeys(_computes, "compute") | dict.fromkeys(_effects, "effect")


def candidate_names() -> frozenset[str]:
    """Names of all candidates functions."""
    return frozenset(_candidates)


def form_keys() -> frozenset[str]:
    """Keys of all task pages."""
    return frozenset(_forms)


def role_keys() -> frozenset[str]:
    """Codes of all lanes."""
    return frozenset(_roles)


def role_label(key: str) -> Any:
    """The label of a lane."""
    return _roles.get(key, key)


def duty_label(key: str) -> Any:
    """The label of a separation key."""
    return _duties.get(key, key)


def clock_keys() -> frozenset[str]:
    """Keys of all legal periods."""
    return frozenset(_clock_keys)
