"""Every act that enters the journal is told in words, in both languages, never by its name."""

import re
from pathlib import Path

from casework.case_faces import ACTS

ROOT = Path(__file__).parents[2]
RECORDED = re.compile(r'\.record\(\s*"([a-z_]+)"')


def test_every_recorded_act_has_words() -> None:
    files = [
        file
        for app in ("workflows", "casework", "enforcement", "tips")
        for file in (ROOT / app).rglob("*.py")
    ]
    acts = {act for file in files for act in RECORDED.findall(file.read_text(encoding="utf-8"))}

    assert len(acts) > 40
    assert sorted(acts - ACTS.keys()) == []
