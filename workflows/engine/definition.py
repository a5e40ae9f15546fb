"""A published definition: packed at deploy, restored once per process, pinned by its digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
import zstandard

from .errors import StateRefused
from .instances import ParallelInstancesNode, SequentialInstancesNode
from .joins import InclusiveNode, JoinGateway
from .model import Branch, Element, Variable
from .restoring import spec_from_json

# Raised when a packed definition of an older engine would mean something else.
PAYLOAD_VERSION = 1


@dataclass(frozen=True, eq=False)
class Definition:
    """A model as runs need it. Nothing in it changes while runs use it."""

    digest: str
    process_id: str
    title: str
    spec: Any
    subprocess_specs: Mapping[str, Any]
    variables: Mapping[str, tuple[str, ...]]
    elements: Mapping[str, Element]

    def with_variables(self, process_id: str, data: dict[str, Any]) -> dict[str, Any]:
        """The data with None for each variable that the process declares and the data lacks."""
        missing = [name for name in self.variables.get(process_id, ()) if name not in data]
        return {**data, **dict.fromkeys(missing)} if missing else data


def pack(
    process_id: str,
    title: str,
    specs: Mapping[str, Any],
    variables: Mapping[str, list[str]],
    elements: Mapping[str, Element],
) -> tuple[str, bytes]:
    """Digest and payload of a compiled model."""
    content = orjson.dumps(
        {
            "version": PAYLOAD_VERSION,
            "process_id": process_id,
            "title": title,
            "specs": specs,
            "variables": variables,
            "elements": dict(elements),
        }
    )
    return sha256(content).hexdigest(), zstandard.compress(content, 9)


@lru_cache(maxsize=256)
def load(digest: str, payload: bytes) -> Definition:
    """The definition of a payload, restored once per process. Raises: StateRefused for another digest."""
    content = zstandard.decompress(payload)
    if sha256(content).hexdigest() != digest:
        raise StateRefused("the payload of the definition does not fit its digest")
    values = orjson.loads(content)
    specs = {name: spec_from_json(spec) for name, spec in values["specs"].items()}
    for spec in specs.values():
        _mark(spec, [*values["elements"]])
    return Definition(
        digest=digest,
        process_id=values["process_id"],
        title=values["title"],
        spec=specs[values["process_id"]],
        subprocess_specs=specs,
        variables={name: tuple(names) for name, names in values["variables"].items()},
        elements={key: _element(value) for key, value in values["elements"].items()},
    )


def _element(value: dict[str, Any]) -> Element:
    lists = ("excludes", "starts_clock", "stops_clock")
    plain = {**value, **{name: tuple(value[name]) for name in lists}}
    plain["branches"] = tuple(Branch(**branch) for branch in value["branches"])
    plain["sets"] = tuple(Variable(item["name"], tuple(item["values"])) for item in value["sets"])
    return Element(**plain)


def _mark(spec: Any, order: list[str]) -> None:
    """Tell joins what they wait for, and instances what stands around them; `order` is that of the file."""
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, JoinGateway):
            reached = _reachable(spec, spec.start.name, without=task_spec.name)
            task_spec.behind = frozenset(task_spec._inputs) - reached
        elif isinstance(task_spec, ParallelInstancesNode | SequentialInstancesNode):
            spec.task_specs[task_spec.task_spec].around = task_spec
    nodes = (node for node in spec.task_specs.values() if isinstance(node, InclusiveNode))
    joins = [node for node in nodes if len(node._inputs) > 1]
    for join in joins:
        before = {name: _reachable(spec, name, without=join.name, backwards=True) for name in join._inputs}
        join.ahead = {
            place: frozenset(name for name, places in before.items() if place in places)
            for place in spec.task_specs
        }
    # Of several that may fire, one whose token could come to another goes first; else the order of the file.
    fed = {join.name: sum(bool(join.ahead[other.name]) for other in joins) for join in joins}
    joins.sort(key=lambda join: (fed[join.name], order.index(join.name)))
    spec.inclusive_joins = tuple(joins)


def _reachable(spec: Any, start: str, *, without: str, backwards: bool = False) -> frozenset[str]:
    """Names of the specs that a token can reach without passing one of them, or from which it can come."""
    found: set[str] = set()
    ways = [start]
    while ways:
        name = ways.pop()
        if name not in found and name != without:
            found.add(name)
            ways.extend(spec.task_specs[name]._inputs if backwards else spec.task_specs[name]._outputs)
    return frozenset(found)
