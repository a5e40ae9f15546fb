"""Master keys from files: the current one first, nobody else may read them."""

from pathlib import Path

import pytest

from config import env
from config.env import SettingRefused
from config.settings import master_keys, refusals
from tests.config.test_refusals import COMPLETE, key

NAME = "FUNDGUARD_CONTENT_KEY"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of keys that the settings name, with mode 600."""
    for name, value in {**dict.fromkeys(env.VARIABLES, ""), **COMPLETE, NAME: ""}.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "content.keys"
    path.write_text(f"# since March\n{key(1)}\n{key(5)}\n")
    path.chmod(0o600)
    monkeypatch.setenv(f"{NAME}_FILE", str(path))
    return path


def test_the_first_line_is_the_current_key_and_the_others_are_earlier_ones(file: Path) -> None:
    assert refusals.keys()[NAME] == (env.key32(NAME, key(1)), env.key32(NAME, key(5)))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_open_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)

    with pytest.raises(SettingRefused, match="others than its owner"):
        refusals.keys()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "without a key"),
        ("# nothing\n", "without a key"),
        ("c2hvcnQ=\n", "5 bytes"),
        ("change-me", "example"),
        ("密", "cannot be read"),
    ],
)
def test_a_file_without_proper_keys_is_refused(file: Path, content: str, sentence: str) -> None:
    file.write_text(content)

    with pytest.raises(SettingRefused, match=sentence):
        refusals.keys()


def test_the_journal_has_one_key(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDGUARD_JOURNAL_KEY", "")
    monkeypatch.setenv("FUNDGUARD_JOURNAL_KEY_FILE", str(file))

    with pytest.raises(SettingRefused, match="holds one key"):
        master_keys.ring("FUNDGUARD_JOURNAL_KEY")
