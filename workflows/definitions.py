"""Published models: compiled once, pinned by digest, cached per process."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from workflows import engine, registry
from workflows.models import Definition


class LiveDefinition:
    """A definition as a step needs it: the engine's form and the facts of each element."""

    def __init__(self, row: Definition) -> None:
        self.digest = row.digest
        self.process_id = row.process_id
        self.elements: dict[str, dict[str, Any]] = row.elements
        self.spec = engine.load(row.digest, bytes(row.payload))


@lru_cache(maxsize=256)
def live(digest: str) -> LiveDefinition:
    """The definition of that digest, read once per process: a digest never changes its meaning."""
    return LiveDefinition(Definition.objects.get(digest=digest))


def current(process_id: str) -> str:
    """Digest of the version under which new runs start."""
    return Definition.objects.values_list("digest", flat=True).get(process_id=process_id, is_current=True)


def sources() -> dict[str, bytes]:
    """All model files of the installation, by file name."""
    folder = Path(settings.BPMN_DIR)
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.suffix in {".bpmn", ".dmn"}}


def publish(files: Mapping[str, bytes], process_ids: list[str], *, now: datetime) -> list[Definition]:
    """Compile and store the current version of each process; unchanged ones stay as they are."""
    with transaction.atomic():
        return [_publish_one(files, process_id, now) for process_id in process_ids]


def _publish_one(files: Mapping[str, bytes], process_id: str, now: datetime) -> Definition:
    compiled = engine.compile_model(files, process_id, operations=registry.operations())
    known = Definition.objects.filter(digest=compiled.digest).first()
    if known is not None and known.is_current:
        return known
    Definition.objects.filter(process_id=process_id, is_current=True).update(is_current=False)
    if known is not None:
        known.is_current = True
        known.save(update_fields=["is_current"])
        return known
    latest = Definition.objects.filter(process_id=process_id).aggregate(n=Max("version"))["n"] or 0
    called = {e.process_id for e in compiled.elements.values()}
    return Definition.objects.create(
        digest=compiled.digest,
        process_id=process_id,
        title=compiled.title,
        version=latest + 1,
        payload=compiled.payload,
        elements={key: asdict(e) for key, e in compiled.elements.items()},
        diagrams=_diagrams(files, called),
        published_at=now,
    )


def _diagrams(files: Mapping[str, bytes], process_ids: set[str]) -> dict[str, str]:
    """BPMN text by process id, for the viewer: our files are named after their process."""
    return {
        name.removesuffix(".bpmn"): text.decode()
        for name, text in files.items()
        if name.endswith(".bpmn") and name.removesuffix(".bpmn") in process_ids
    }
