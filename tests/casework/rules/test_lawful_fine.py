"""A fine inside the range of its law, and the lighter of two laws."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from casework.rules import penalty_file
from casework.rules.lawful_fine import fine_obstacles, lighter_range, range_for
from casework.rules.money import Money
from casework.rules.penalty_range import PenaltyRange, penalty_range
from enforcement.rules.fine_band import case_band

DAY = date(2025, 7, 3)
CHANGE = date(2025, 9, 1)


def allowed(article: str = "38", party: str = "provider", loss: str = "54000") -> PenaltyRange:
    return penalty_range(article, party, Money.yuan(loss), on=DAY)


@pytest.mark.parametrize(
    ("fine", "ground", "is_lawful"),
    [
        ("54000", "", True),
        ("108000", "", True),
        ("108000.01", "voluntary report", False),
        ("53999.99", "", False),
        ("53999.99", "  ", False),
        ("53999.99", "returned the money before the check", True),
    ],
)
def test_a_fine_lies_within_the_range_or_names_a_ground(fine: str, ground: str, is_lawful: bool) -> None:
    assert (fine_obstacles(Money.yuan(fine), allowed(), mitigation_ground=ground) == ()) is is_lawful


def test_an_article_without_a_fine_allows_none() -> None:
    lending = allowed("41.1", "person")

    assert fine_obstacles(Money.yuan(0), lending) == ()
    assert len(fine_obstacles(Money.yuan("0.01"), lending)) == 1


def test_a_later_law_replaces_the_earlier_one_only_if_lighter() -> None:
    heavy, light = allowed(loss="2"), allowed(loss="1")

    assert lighter_range([heavy, light]) is light
    assert lighter_range([light, heavy]) is light
    assert lighter_range([heavy]) is heavy


@pytest.fixture
def changed_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From September article 38 is lighter (1 × the loss at most) and article 40 heavier (up to 10 ×)."""
    data = tmp_path / "data"
    shutil.copytree(penalty_file.DATA, data)
    rows = yaml.safe_load((data / "penalties.yaml").read_text(encoding="utf-8"))
    for article, multiples in (("38", [0, 1]), ("40", [2, 10])):
        row = next(row for row in rows if row["article"] == article)
        rows.append({**row, "multiples": multiples, "in_force_from": CHANGE})
    (data / "penalties.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    monkeypatch.setattr(penalty_file, "DATA", data)
    penalty_file.load_versions.cache_clear()
    penalty_file.load_penalties.cache_clear()
    yield
    penalty_file.load_versions.cache_clear()
    penalty_file.load_penalties.cache_clear()


@pytest.mark.usefixtures("changed_law")
@pytest.mark.parametrize(
    ("article", "acted_on", "judged_on", "highest"),
    [
        ("38", DAY, date(2025, 8, 31), "2000"),
        ("38", DAY, CHANGE, "1000"),
        ("38", CHANGE, CHANGE, "1000"),
        ("40", DAY, CHANGE, "5000"),
        ("40", date(2025, 8, 31), CHANGE, "5000"),
        ("40", CHANGE, CHANGE, "10000"),
    ],
)
def test_conduct_is_judged_by_the_law_of_its_day_or_a_lighter_one_since(
    article: str, acted_on: date, judged_on: date, highest: str
) -> None:
    loss = Money.yuan(1000)

    found = range_for(article, "provider", loss, acted_on=acted_on, judged_on=judged_on)

    assert found.fine_max == Money.yuan(highest)
    band = case_band([(article, "provider", loss.amount, acted_on)], judged_on=judged_on)
    assert band.fine_max == Money.yuan(highest)


def test_two_versions_of_an_article_from_one_day_are_refused() -> None:
    row = penalty_file.load_penalties()["38"]

    with pytest.raises(ValueError, match="two versions"):
        penalty_file.versions_by_name([row, row])
