"""Every recorded path of every process is taken as recorded, and together they take every branch."""

from typing import Any

import pytest

from tests.bpmn.real_models import FOLDER
from tests.bpmn.walk import branches, recorded, walk

PROCESSES = sorted(path.stem for path in FOLDER.glob("processes/*.bpmn"))
PATHS = [(process, path) for process in PROCESSES for path in recorded(process)["paths"]]


@pytest.mark.parametrize(
    ("process", "path"), PATHS, ids=[f"{process}: {path['name']}" for process, path in PATHS]
)
def test_a_process_takes_the_path(process: str, path: dict[str, Any]) -> None:
    assert walk(process, path).path() == path["takes"].split()


@pytest.mark.parametrize("process", PROCESSES)
def test_the_paths_take_every_branch(process: str) -> None:
    taken = set().union(*(walk(process, path).taken for path in recorded(process)["paths"]))

    assert branches(process) - taken == set()
