"""The present engine goes on with what engines of the past stored, exactly as they did."""

import base64
from typing import Any

import pytest

from tests.workflows.engine.stored_runs import NOW, Replayer, seen, stored
from workflows import engine
from workflows.engine.codec import restore, save

RUNS = list(stored())


@pytest.mark.parametrize("run", [run for _, run in RUNS], ids=[name for name, _ in RUNS])
def test_a_stored_run_goes_on_as_it_did(run: dict[str, Any]) -> None:
    definition = engine.load(run["digest"], base64.b64decode(run["payload"]))
    for step in run["steps"]:
        host, state = Replayer(step["computed"]), base64.b64decode(step["state"])
        taken = engine.resume(definition, state, step["task"], step["answer"], now=NOW, host=host)

        assert seen(taken) == {name: step[name] for name in ("passed", "waits", "data", "ended")}
        assert save(restore(definition, state, host)) == state


def test_every_model_has_stored_runs() -> None:
    assert {run["process"] for _, run in RUNS} == {
        "case_handling",
        "province_report",
        "tip_handling",
        "tip_reward",
    }
