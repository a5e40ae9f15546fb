"""The fault run itself, small: 20 matters, 5 kills."""

import json
import subprocess
import sys

from config import env


def test_twenty_matters_stay_whole_under_five_kills() -> None:
    words = [sys.executable, "manage.py", "chaos", "--matters", "20", "--kills", "5", "--json"]
    made = subprocess.run(words, cwd=env.BASE_DIR, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    figures = json.loads(made.stdout)
    assert figures["wrong"] == []
    assert figures["finished"] == figures["payouts"] == figures["cases_closed"] == 20
    assert figures["kills_in_open_step"] >= 5
