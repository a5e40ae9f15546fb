"""Comparing the heads of the database with the copies that others keep."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from workflows.models import JournalHead
from workflows.sealing.findings import Finding
from workflows.sealing.heads import published


class NoHead(Exception):
    """A file that holds no published head."""


def head_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named."""
    return [file for path in paths for file in (sorted(path.rglob("*.json")) if path.is_dir() else [path])]


def compare(files: Iterable[Path]) -> Iterator[Finding]:
    """Findings for each copy that the database does not hold in the same words. Raises: NoHead."""
    for file in files:
        words, day = _read(file)
        head = JournalHead.objects.filter(day=day).first()
        if head is None:
            yield Finding("head_unknown", day=day, file=file.name)
        elif published(head)["head"] != words:
            yield Finding("head_differs", day=day, file=file.name)


def _read(file: Path) -> tuple[str, date]:
    try:
        words = json.loads(file.read_text(encoding="utf-8"))["head"]
        return words, date.fromisoformat(json.loads(words)["day"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoHead(f"{file}: no published head of a journal ({type(error).__name__})") from error
