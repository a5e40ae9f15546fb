"""A world for plays: models published, mail in memory, a place for scenarios written by a test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from workflows.models import Definition
from workflows.scenarios import Outcome, Scenario, play, read_scenario

published: list[Definition] = []
HEAD = "title: 试演\nstart: 2025-03-03 09:00\nsteps:\n"


@pytest.fixture
def world(transactional_db: None) -> None:
    """A database in which plays commit, with the process models: compiled once per test run."""
    if not published:
        call_command("publish_models", verbosity=0)
        published.extend(Definition.objects.all())
    else:
        Definition.objects.bulk_create(published)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Scenario]:
    """Read a scenario from its text; without a head it gets one."""

    def read(text: str, *, head: str = HEAD) -> Scenario:
        path = tmp_path / "written.yaml"
        path.write_text(head + text, encoding="utf-8")
        return read_scenario(path)

    return read


@pytest.fixture
def played(world: None, written: Callable[..., Scenario]) -> Callable[..., Outcome]:
    """Play a scenario from its text."""

    def run(text: str, *, head: str = HEAD) -> Outcome:
        return play(written(text, head=head))

    return run
