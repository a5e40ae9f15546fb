"""A scenario file as values, with one clear sentence for whatever is wrong in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from workflows.rules.calendar import SHANGHAI

STEP_KEYS = {"at", "who", "does", "acts", "with", "refused", "expect", "matter", "note"}


class ScenarioRefused(ValueError):
    """The file is not a scenario; the text says where and why."""


@dataclass(frozen=True)
class StepPlan:
    """One step: a moment, something that a person does, an expectation, or several of these in this order."""

    line: int
    at: datetime | None = None
    who: str = ""
    does: str = ""
    acts: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    matter: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """What is played: a title, the first moment and the steps."""

    path: Path
    title: str
    starts_at: datetime
    steps: tuple[StepPlan, ...]


def read_scenario(path: Path) -> Scenario:
    """Read and check a file. Raises: ScenarioRefused."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ScenarioRefused(f"{path.name}: the file cannot be read ({error.strerror}).") from error
    except yaml.YAMLError as error:
        raise ScenarioRefused(f"{path.name}: not valid YAML: {error}") from error
    if not isinstance(loaded, dict) or not {"title", "start", "steps"} <= set(loaded):
        raise ScenarioRefused(f"{path.name}: a scenario has the keys title, start and steps.")
    steps = tuple(_step(path, number, raw) for number, raw in enumerate(loaded["steps"], 1))
    return Scenario(path, str(loaded["title"]), moment(path, loaded["start"]), steps)


def moment(path: Path, value: Any) -> datetime:
    """A Shanghai moment such as `2025-03-03 09:00`, as UTC."""
    try:
        parsed = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ScenarioRefused(f"{path.name}: “{value}” is no moment; write 2025-03-03 09:00.") from error
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _step(path: Path, number: int, raw: Any) -> StepPlan:
    where = f"{path.name}, step {number}"
    if not isinstance(raw, dict) or not raw:
        raise ScenarioRefused(f"{where}: a step is a mapping.")
    if unknown := sorted(set(raw) - STEP_KEYS):
        raise ScenarioRefused(
            f"{where}: unknown key {', '.join(unknown)}; known: {', '.join(sorted(STEP_KEYS))}."
        )
    if raw.get("does") and not raw.get("who"):
        raise ScenarioRefused(f"{where}: “does” needs “who”.")
    return StepPlan(
        line=number,
        at=moment(path, raw["at"]) if "at" in raw else None,
        who=str(raw.get("who", "")),
        does=str(raw.get("does", "")),
        acts=str(raw.get("acts", "")),
        entries=raw.get("with") or {},
        refused=str(raw.get("refused", "")),
        matter=str(raw.get("matter", "")),
        expect=raw.get("expect") or {},
    )
