"""What the processes wrote: a fault in a log is a fault of the run, even when a repeat hid it."""

import json
from pathlib import Path
from typing import Any

MOST = 5


def logged_faults(folder: Path) -> list[str]:
    """Errors in the logs of all processes, the first few with their cause."""
    found = []
    for log in sorted([*(folder / "logs").glob("*.log"), *(folder / "logs").glob("*.old")]):
        errors = [entry for line in log.read_text(errors="replace").splitlines() if (entry := _error(line))]
        if errors:
            found.append(f"{log.name} has {len(errors)} errors")
            found += [f"  {_cause(entry)}" for entry in errors[:MOST]]
    return found


def _error(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:  # the line that was being written when the process was killed
        return None
    return entry if entry.get("level") in {"error", "critical"} else None


def _cause(entry: dict[str, Any]) -> str:
    lines = str(entry.get("exception") or entry.get("event")).strip().splitlines()
    return " ← ".join(line.strip() for line in reversed(lines[-7:]))[:700]
