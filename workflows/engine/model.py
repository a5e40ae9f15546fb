"""What goes into the engine and what comes out, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

WaitKind = Literal["person", "effect", "message", "timer", "children"]
OperationKind = Literal["compute", "effect"]
ElementKind = Literal[
    "start", "end", "terminate", "person", "compute", "effect", "decision", "message", "timer",
    "exclusive", "parallel", "inclusive", "event_gateway", "call", "calls", "subprocess", "pass",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Branch:
    """One flow out of an exclusive or inclusive gateway; the default flow has no condition."""

    flow_id: str
    label: str
    condition: str | None
    target: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that an element sets; `values` are its possible words, none if it is free."""

    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a drawn process with what the model says about it.

    `process_id` is the process in which it is drawn, also inside an embedded sub-process.
    `lane` is the role of its lane. `attached_to` is set for boundary events only.
    """

    element_id: str
    process_id: str
    kind: ElementKind
    label: str = ""
    lane: str | None = None
    article: str = ""
    text: str = ""
    form: str | None = None
    duty: str | None = None
    excludes: tuple[str, ...] = ()
    candidates: str | None = None
    clock: str | None = None
    clock_from: str | None = None
    starts_clock: tuple[str, ...] = ()
    stops_clock: tuple[str, ...] = ()
    operation: str | None = None
    message: str | None = None
    decision: str | None = None
    called: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    sets: tuple[Variable, ...] = ()
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A model made ready to publish; `payload` is all that `load` needs, `digest` pins its meaning."""

    digest: str
    process_id: str
    title: str
    payload: bytes
    elements: Mapping[str, Element]


@dataclass(frozen=True, slots=True)
class Children:
    """The runs that a multi-instance call activity wants: one of the process for each item.

    Each begins with `data` and, under the name `item`, its own of the `items`. `asks` names the variables that the
    caller wants to know when one has ended.
    """

    process_id: str
    is_sequential: bool
    items: tuple[Any, ...]
    item: str
    data: Mapping[str, Any]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """A place where the run waits. `task_id` is never used again in the same run."""

    task_id: str
    element_id: str
    process_id: str
    kind: WaitKind
    data: Mapping[str, Any]
    due: datetime | None = None
    message: str | None = None
    children: Children | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """An element that was completed in the step."""

    task_id: str
    element_id: str
    process_id: str
    kind: ElementKind


@dataclass(frozen=True, slots=True)
class Step:
    """Outcome of a step. `waits` are all open waits; `passed` the elements completed, in order.

    `data` is the data of the token that moved last, and of the whole run once it has ended.
    """

    state: bytes
    waits: tuple[Wait, ...]
    passed: tuple[Passed, ...]
    ended: bool
    data: Mapping[str, Any] = field(default_factory=dict)


class Host(Protocol):
    """What the caller lends to a run while a step is carried out."""

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Carry out a compute operation; the result is merged into the token's data."""
        ...

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> datetime:
        """Due moment, with its offset, of the legal clock that a timer event names."""
        ...
