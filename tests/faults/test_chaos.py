"""The fault run itself, small: half a minute in which everything that can be killed is killed."""

import json
import subprocess
import sys
from typing import Any

from config import env

SMALL = ("--minutes", "0.3", "--threads", "3", "--in-hand", "1", "--page-share", "0", "--every", "1")


def chaos(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "manage.py", "chaos", *words]
    return subprocess.run(command, cwd=env.BASE_DIR, capture_output=True, text=True, check=False)


def test_matters_stay_whole_while_every_part_and_postgresql_itself_are_killed() -> None:
    made = chaos(*SMALL, "--parts", "web,worker,relay,postgresql", "--json")

    assert made.returncode == 0, made.stderr
    figures: dict[str, Any] = json.loads(made.stdout)
    assert figures["wrong"] == []
    assert figures["finished"] == figures["payouts"] == figures["cases_closed"] == figures["matters"] >= 3
    stops = figures["kills_by_part"]["postgresql"]["kills"]
    assert figures["crash_recoveries"] == stops >= 1
    assert figures["kills_in_open_step"] >= 1


def test_a_part_that_does_not_exist_is_refused_in_one_sentence() -> None:
    refused = chaos("--parts", "web,kitchen")

    assert refused.returncode == 1
    assert "There is no part kitchen" in refused.stderr
    assert "Traceback" not in refused.stderr
