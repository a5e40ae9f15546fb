"""The state file of a home folder: made once, given what later versions need."""

import json
from pathlib import Path

import pytest

from config import env
from config.embedded import state


def test_a_folder_of_an_earlier_version_gets_the_missing_secrets_and_keeps_the_rest(tmp_path: Path) -> None:
    made = state.load(tmp_path)
    held = json.loads((tmp_path / "state.json").read_text())
    del held["keys"]["journal"], held["passwords"]["postgresql_application"]
    (tmp_path / "state.json").write_text(json.dumps(held))

    mended = state.load(tmp_path)

    assert len(env.key32("journal", mended.keys["journal"])) == 32
    assert mended.keys["journal"] != made.keys["journal"]
    assert {**mended.keys, "journal": ""} == {**made.keys, "journal": ""}
    assert mended.ports == made.ports
    new = mended.passwords["postgresql_application"]
    assert len(new) == 40
    assert mended.passwords == {**made.passwords, "postgresql_application": new}
    assert state.load(tmp_path) == mended
    assert (tmp_path / "state.json").stat().st_mode & 0o077 == 0


def test_a_list_of_keys_is_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "FUNDGUARD_JOURNAL_EARLIER_KEYS"
    key = "A" * 43 + "="
    monkeypatch.setenv(name, f"{key}, {key}")
    assert env.keys32(name) == (bytes(32), bytes(32))
    monkeypatch.setenv(name, "")
    assert env.keys32(name) == ()
    monkeypatch.setenv(name, f"{key},short")
    with pytest.raises(env.SettingRefused):
        env.keys32(name)
