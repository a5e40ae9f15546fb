"""`check_models` as people run it: lines, JSON, exit code."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.bpmn.mutants import FIVE, Mutant


def outcome(*arguments: str | Path, **options: Any) -> tuple[int, str]:
    """Exit code and output of the command."""
    out = StringIO()
    try:
        call_command("check_models", *map(str, arguments), stdout=out, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.parametrize("mutant", FIVE, ids=lambda mutant: mutant.name)
def test_check_models_refuses_the_mutant_with_its_line(mutant: Mutant, tmp_path: Path) -> None:
    file = tmp_path / mutant.file
    file.write_bytes(mutant.content())

    code, shown = outcome(file)

    assert code == 1
    assert f"{mutant.file}: {mutant.element}: {mutant.reason}" in shown.splitlines()


def test_check_models_passes_the_models_of_the_installation() -> None:
    code, shown = outcome()

    states, last = shown.splitlines()
    assert (code, last) == (0, "8 processes and 3 decision tables: nothing to object to.")
    assert re.search(
        r"case_handling \d{3,}, identity_opening \d+, tip_handling \d+, tip_purge \d+, "
        r"tip_reexamination \d+, tip_reward \d+, tip_yearly_report \d+",
        states,
    )


def test_check_models_answers_in_json_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / FIVE[0].file).write_bytes(FIVE[0].content())

    code, shown = outcome(tmp_path, json=True)

    (found,) = json.loads(shown)["findings"]
    assert code == 1
    assert (found["file"], found["element"], found["reason"]) == (
        FIVE[0].file,
        FIVE[0].element,
        FIVE[0].reason,
    )
    assert found["reason_zh"].startswith("同一人")
    assert found["path"][-1] == {
        "element": "legal_review",
        "label": "法制审核",
        "outcome": found["path"][-1]["outcome"],
    }
    assert json.loads(shown)["states"]["case_handling"] > 1000


def test_check_models_refuses_a_path_without_models(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no .bpmn or .dmn file"):
        outcome(tmp_path)
