"""`bench profile`: where the CPU of a completed user task goes, by part of the product and by function."""

import cProfile
import pstats
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.case_walk import Walker, idle_operations

CASES = 30
FUNCTIONS = 15
HOME = Path(__file__).resolve().parents[1]
PARTS = (
    ("workflows/engine", "engine"),
    ("SpiffWorkflow", "SpiffWorkflow"),
    ("workflows/door", "door"),
    ("workflows/clocks", "clocks and calendar"),
    ("workflows/rules", "clocks and calendar"),
    ("casework", "law of the region"),
    ("workflows", "other parts of workflows"),
    ("psycopg", "psycopg"),
    ("django", "Django"),
    ("{built-in", "interpreter"),
)


def measure() -> dict[str, Any]:
    """Shares in percent; the profiler's own cost falls on whoever calls many small functions."""
    walker, profile, steps = Walker(), cProfile.Profile(timer=time.process_time), 0
    with idle_operations():
        for _ in range(CASES // 10):
            for item in walker.walk(walker.start()):
                walker.step(item)
        for _ in range(CASES):
            for item in walker.walk(walker.start()):
                profile.enable()
                walker.step(item)
                profile.disable()
                steps += 1
    spent = {where: row[2] for where, row in pstats.Stats(profile).stats.items()}  # type: ignore[attr-defined]
    return _shares(spent) | {"calls_per_step": _calls(profile) // steps, "steps": steps}


def _shares(spent: dict[Any, float]) -> dict[str, str]:
    total = sum(spent.values())
    parts: dict[str, float] = defaultdict(float)
    functions: dict[str, float] = {}
    for (file, line, name), seconds in spent.items():
        parts[_part(file)] += seconds
        functions[f"{_short(file)}:{line} {name}"] = seconds
    rows = [*_most(parts), *_most(functions)[:FUNCTIONS]]
    return {name: f"{100 * seconds / total:5.1f} %" for name, seconds in rows}


def _most(spent: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(spent.items(), key=lambda row: -row[1])


def _calls(profile: cProfile.Profile) -> int:
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def _part(file: str) -> str:
    where = _short(file)
    if file == "~":
        return "interpreter"
    return next((part for begin, part in PARTS if where.startswith(begin)), "standard library and others")


def _short(file: str) -> str:
    for root in (f"{HOME}/.venv/", f"{HOME}/"):
        if file.startswith(root):
            file = file.removeprefix(root)
    return file.split("site-packages/")[-1]
