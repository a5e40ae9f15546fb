"""`run_scenario` plays on a database of its own and says what failed."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tips.models import Tip

FOLDER = Path(__file__).parents[2] / "scenarios"
GOOD = FOLDER / "12-no-jurisdiction.yaml"


def test_run_scenario_leaves_the_data_as_they_were(transactional_db: None, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(GOOD.read_text(encoding="utf-8").replace("accepted: false", "accepted: true"))
    name, out = connection.settings_dict["NAME"], io.StringIO()

    with pytest.raises(CommandError, match="1 of 2 scenarios failed"):
        call_command("run_scenario", str(GOOD), str(broken), "--json", stdout=out)

    good, bad = json.loads(out.getvalue())["scenarios"]
    assert (good["passed"], good["failures"]) == (True, [])
    assert (bad["passed"], bad["failures"]) == (False, ["step 3: tip: accepted is False, expected True"])
    assert connection.settings_dict["NAME"] == name
    assert not Tip.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'scenario\\_%'")
        assert cursor.fetchone() == (0,)


def test_run_scenario_refuses_a_file_that_is_none(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("title: x\n")

    with pytest.raises(CommandError, match="a scenario has the keys start, steps, title"):
        call_command("run_scenario", str(wrong))
