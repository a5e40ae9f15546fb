"""Templates use the components as templates/README.md says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*.html")) + sorted(
    ROOT.glob("templates/**/*.html")
)
SUMMARY = re.compile(r"{% error_summary (\w+) %}")


def sums_up_twice(source: str) -> list[str]:
    """Forms whose errors stand in a summary of the page, and again in the one that `{{ form }}` brings."""
    # Where a page draws the form by itself in one case, and lets it draw itself in the other, each has one.
    whole = re.sub(r"{% if form\.blocks %}.*?{% else %}", "", source, flags=re.DOTALL)
    return [name for name in SUMMARY.findall(whole) if f"{{{{ {name} }}}}" in whole]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_refused_form_lists_its_errors_once(path: Path) -> None:
    assert not sums_up_twice(path.read_text(encoding="utf-8"))


def test_two_summaries_of_one_form_are_seen() -> None:
    assert sums_up_twice("{% error_summary form %}<form>{{ form }}</form>") == ["form"]
