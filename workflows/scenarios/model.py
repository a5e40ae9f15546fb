"""A scenario file as values, with one clear sentence for whatever is wrong in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflows.scenarios import registry
from workflows.scenarios.files import ScenarioRefused, beside, read_yaml
from workflows.scenarios.moments import Moment, read_moment

SCENARIO_KEYS = {"title", "note", "start", "steps"}
PART_KEYS = {"title", "note", "defaults", "steps"}
STEP_KEYS = {"at", "who", "does", "acts", "play", "with", "refused", "expect", "matter", "note"}
DEEPEST = 5
PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class StepPlan:
    """One step: a moment, something that a person does, an expectation, or several of these in this order."""

    label: str
    at: Moment | None = None
    who: str = ""
    does: str = ""
    acts: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    matter: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """What is played: a title, what it shows, the first moment and the steps."""

    path: Path
    title: str
    note: str
    start: Moment
    steps: tuple[StepPlan, ...]


def read_scenario(path: Path) -> Scenario:
    """Read and check a file with the parts that it plays. Raises: ScenarioRefused."""
    loaded = read_yaml(path)
    _check_keys(path, loaded, SCENARIO_KEYS, needed={"title", "start", "steps"}, what="a scenario")
    start = _moment(path.name, loaded["start"])
    steps = tuple(_steps(path, loaded["steps"], "step ", {}, depth=0))
    return Scenario(path, str(loaded["title"]), str(loaded.get("note", "")), start, steps)


def _check_keys(path: Path, loaded: Any, known: set[str], *, needed: set[str], what: str) -> None:
    if not isinstance(loaded, dict) or not needed <= set(loaded):
        raise ScenarioRefused(f"{path.name}: {what} has the keys {', '.join(sorted(needed))}.")
    if unknown := sorted(set(map(str, loaded)) - known):
        raise ScenarioRefused(f"{path.name}: unknown key {', '.join(unknown)}; known: {_listed(known)}.")
    if not isinstance(loaded["steps"], list) or not loaded["steps"]:
        raise ScenarioRefused(f"{path.name}: steps is a list of at least one step.")


def _steps(
    path: Path, raws: list[Any], label: str, given: Mapping[str, Any], *, depth: int
) -> Iterator[StepPlan]:
    for number, raw in enumerate(raws, 1):
        where = f"{path.name}, {label}{number}"
        step = _filled(raw, given, where)
        _check_step(where, step)
        if "play" in step:
            yield from _part(path, step, f"{label}{number}", depth)
        else:
            yield _step(f"{label}{number}", where, step)


def _part(path: Path, raw: Mapping[str, Any], label: str, depth: int) -> Iterator[StepPlan]:
    """The steps of a part, with `$name` replaced by what the step gives or the part's default."""
    if depth == DEEPEST:
        raise ScenarioRefused(f"{path.name}, {label}: parts lie more than {DEEPEST} deep in one another.")
    if raw.get("at") or raw.get("matter"):
        at = _moment(f"{path.name}, {label}", raw["at"]) if raw.get("at") else None
        yield StepPlan(label, at=at, matter=str(raw.get("matter", "")))
    part = beside(path, "parts", f"{raw['play']}.yaml")
    loaded = read_yaml(part)
    _check_keys(part, loaded, PART_KEYS, needed={"title", "steps"}, what="a part")
    defaults, given = loaded.get("defaults") or {}, raw.get("with") or {}
    if unknown := sorted(set(given) - set(defaults)):
        raise ScenarioRefused(
            f"{path.name}, {label}: “{part.stem}” has no {', '.join(unknown)}; known: {_listed(defaults)}."
        )
    yield from _steps(part, loaded["steps"], f"{label} › ", {**defaults, **given}, depth=depth + 1)


def _check_step(where: str, raw: Any) -> None:
    if not isinstance(raw, dict) or not raw:
        raise ScenarioRefused(f"{where}: a step is a mapping.")
    if unknown := sorted(set(map(str, raw)) - STEP_KEYS):
        raise ScenarioRefused(f"{where}: unknown key {', '.join(unknown)}; known: {_listed(STEP_KEYS)}.")
    if raw.get("does") and not raw.get("who"):
        raise ScenarioRefused(f"{where}: “does” needs “who”.")
    if sum(key in raw for key in ("does", "acts", "play")) > 1:
        raise ScenarioRefused(f"{where}: one of does, acts and play.")
    if "play" in raw and (wrong := sorted({"who", "refused", "expect"} & set(raw))):
        raise ScenarioRefused(f"{where}: a part has no {', '.join(wrong)} of its own; write a step after it.")
    for key in ("with", "expect"):
        if not isinstance(raw.get(key) or {}, dict):
            raise ScenarioRefused(f"{where}: “{key}” is a mapping.")
    _check_known(where, "act", raw.get("acts"), registry.acts)
    for name in raw.get("expect") or {}:
        _check_known(where, "expectation", name, registry.expectations)


def _check_known(where: str, what: str, name: Any, known: Mapping[str, Any]) -> None:
    if name and name not in known:
        raise ScenarioRefused(f"{where}: unknown {what} “{name}”; known: {_listed(known)}.")


def _step(label: str, where: str, raw: Mapping[str, Any]) -> StepPlan:
    refused = raw.get("refused") or {}
    return StepPlan(
        label=label,
        at=_moment(where, raw["at"]) if "at" in raw else None,
        who=str(raw.get("who", "")),
        does=str(raw.get("does", "")),
        acts=str(raw.get("acts", "")),
        entries=raw.get("with") or {},
        refused=refused if isinstance(refused, dict) else {"code": str(refused)},
        matter=str(raw.get("matter", "")),
        expect=raw.get("expect") or {},
    )


def _filled(value: Any, given: Mapping[str, Any], where: str) -> Any:
    """A value with every `$name` replaced; a text that is nothing but `$name` takes the value as it is."""
    if isinstance(value, dict):
        return {key: _filled(inner, given, where) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, given, where) for inner in value]
    if not isinstance(value, str) or not given:
        return value
    names = PARAMETER.findall(value)
    if missing := sorted(set(names) - set(given)):
        raise ScenarioRefused(f"{where}: the part has no default for {', '.join(missing)}.")
    if names and value == f"${names[0]}":
        return given[names[0]]
    return PARAMETER.sub(lambda found: str(given[found[1]]), value)


def _moment(where: str, value: Any) -> Moment:
    try:
        return read_moment(value)
    except ValueError as error:
        sentence = (
            f"{where}: “{value}” is no moment; write 2025-03-03 09:00, +3d 10:00, +2wd or today-5wd 09:00."
        )
        raise ScenarioRefused(sentence) from error


def _listed(names: Any) -> str:
    return ", ".join(sorted(map(str, names)))
