"""The key of a form, built in one place: the same form sent again by the same person is a repeat."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from casework.form_keys import form_key

ROOT = Path(__file__).parents[3]


def asked(person: int, **posted: str) -> Any:
    return SimpleNamespace(user=SimpleNamespace(pk=person), POST=posted)


def test_a_form_sent_again_has_its_key_and_any_other_has_another() -> None:
    key = form_key(asked(1, key="k"), "budget")

    assert key == form_key(asked(1, key="k"), "budget")
    others = [(asked(2, key="k"), "budget"), (asked(1, key="l"), "budget"), (asked(1, key="k"), "batch")]
    assert key not in [form_key(request, what) for request, what in others]
    assert form_key(asked(1), "budget") != form_key(asked(1), "budget")


def test_a_key_is_never_longer_than_its_column_and_leaves_the_room_asked_for() -> None:
    long = asked(1, key="k" * 500)

    assert len(form_key(long, "budget")) == 200
    assert len(form_key(long, "batch", most=120)) == 120


def test_nobody_builds_such_a_key_alone() -> None:
    """Nor does anybody write a scheme's journal entries but the one function for them."""
    files = [path for app in ("casework", "enforcement", "tips") for path in (ROOT / app).rglob("*.py")]

    def holding(text: str) -> list[str]:
        return [path.name for path in files if text in path.read_text(encoding="utf-8")]

    assert holding('or uuid4()}"') == ["form_keys.py"]
    assert holding('= ("reward_scheme",') == ["journal.py"]
    assert holding('subject=("reward_scheme",') == []
