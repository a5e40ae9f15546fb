"""The page on the legal basis says what the data say."""

from pathlib import Path

import pytest

from casework.rules.parameter_file import Parameter, load_parameters
from casework.rules.penalty_file import load_penalties
from tips.rules.scheme_file import load_schemes

ROOT = Path(__file__).parents[3]
LINES = (ROOT / "docs" / "legal-basis.md").read_text(encoding="utf-8").splitlines()


def name(row: Parameter) -> str:
    return "-".join(part for part in (row.key, row.party, row.region, str(row.in_force_from)) if part)


@pytest.mark.parametrize("row", load_parameters(), ids=name)
def test_every_value_stands_on_the_page_with_source_and_mark(row: Parameter) -> None:
    wanted = [
        f"`{row.key}`",
        f" {str(row.value).lower()} ",
        row.source,
        str(row.mark),
        row.region or "",
        row.party or "",
    ]

    assert any(all(part in line.replace("|", " ") for part in wanted) for line in LINES)


def test_every_article_and_scheme_stands_on_the_page() -> None:
    page = "\n".join(LINES)

    assert all(f" {article} |" in page for article in load_penalties())
    assert all(f"| `{key}` |" in page for key in load_schemes())
