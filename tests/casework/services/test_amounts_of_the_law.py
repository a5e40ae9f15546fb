"""A dated amount of the law decides from its first day on, and only in its region."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework.rules import parameter_file, parameters
from enforcement.selectors import latest_notice
from tests.casework.walking import POINTS, Walk, concluded, decided, investigated, paid
from tests.factories import casework as make

pytestmark = pytest.mark.django_db
LAST_OF_MARCH = datetime(2025, 3, 31, 15, 59, tzinfo=UTC)
FIRST_OF_APRIL = datetime(2025, 3, 31, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai lies between the two."""


def changed(key: str, *, to: str) -> str:
    """Rows of a city: the amount of before until the end of March, another one from April on."""
    before = parameters.amount_parameter(key, on=LAST_OF_MARCH.date(), region="320100")
    head = f"- key: {key}\n  unit: yuan\n  title: amount\n  title_zh: 数额\n  act: APL\n  source: 本市标准\n"
    place = '  mark: VERIFIED\n  region: "320100"\n'
    return (
        f'{head}{place}  value: "{before.value}"\n  in_force_to: 2025-03-31\n'
        f'{head}{place}  value: "{to}"\n  in_force_from: 2025-04-01\n'
    )


@pytest.fixture
def law_of_april(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The city raises all three amounts above this case's: fine and loss are 54,000.00 yuan."""
    rows = [
        changed("hearing_offer_amount", to="54000.01"),
        changed("legal_review_amount", to="108000.01"),
        changed("case_report_amount", to="54000.01"),
    ]
    shutil.copytree(parameter_file.DATA, tmp_path / "data")
    (tmp_path / "data" / "parameters" / "city.yaml").write_text("".join(rows), encoding="utf-8")
    monkeypatch.setattr(parameter_file, "DATA", tmp_path / "data")
    forget_parameters()
    yield
    forget_parameters()


def forget_parameters() -> None:
    """Let the files be read again."""
    for cached in (parameter_file.load_parameters, parameters._by_key, parameters._region_names):
        cached.cache_clear()


def assessed(moment: datetime, *, region: str = "320100") -> Walk:
    """A case whose amounts are assessed at a moment."""
    of = make.bureau(parameters_region=region, superior=make.superior_bureau())
    walk = Walk(make.handled_case(of))
    walk.at(moment)
    investigated(walk)
    return walk


def noticed(walk: Walk) -> None:
    """Reviewed where it must be, and the notice served."""
    if walk.waits_at() == {"legal_review"}:
        points = {f"point_{name}": "conforms" for name in POINTS}
        walk.does("legal_reviewer", "legal_review", opinion="agree", reasons="同意。", **points)
    walk.does("handler", "serve_notice", served_on=walk.today(), method="direct", receiver="王建国")


@pytest.mark.usefixtures("law_of_april")
@pytest.mark.parametrize(
    ("moment", "region", "is_offered"),
    [(LAST_OF_MARCH, "320100", True), (FIRST_OF_APRIL, "320100", False), (FIRST_OF_APRIL, "320500", True)],
    ids=["the day before", "that day", "another city"],
)
def test_a_changed_hearing_amount_counts_from_its_day_in_its_region(
    moment: datetime, region: str, is_offered: bool
) -> None:
    walk = assessed(moment, region=region)

    noticed(walk)

    notice = latest_notice(walk.case)
    assert notice is not None and notice.offers_hearing is is_offered
    assert walk.waits_at() == {"record_response_or_hearing" if is_offered else "record_response"}


@pytest.mark.usefixtures("law_of_april")
def test_a_case_that_is_assessed_again_meets_the_law_of_that_day() -> None:
    walk = assessed(LAST_OF_MARCH)
    points = {f"point_{name}": "conforms" for name in POINTS}
    walk.does("legal_reviewer", "legal_review", opinion="change", reasons="补充。", **points)

    walk.at(FIRST_OF_APRIL)
    walk.does("handler", "investigate", final_report="已补充。")
    walk.does("leader", "approve_investigation", investigation="complete")

    assert walk.waits_at() == {"serve_notice"}


@pytest.mark.usefixtures("law_of_april")
@pytest.mark.parametrize(
    ("moment", "waits_at"), [(LAST_OF_MARCH, "legal_review"), (FIRST_OF_APRIL, "serve_notice")]
)
def test_a_changed_review_amount_counts_from_its_day(moment: datetime, waits_at: str) -> None:
    assert assessed(moment).waits_at() == {waits_at}


@pytest.mark.usefixtures("law_of_april")
@pytest.mark.parametrize(
    ("moment", "waits_at"), [(LAST_OF_MARCH, "draft_report"), (FIRST_OF_APRIL, "archive_case")]
)
def test_a_changed_report_amount_counts_on_the_day_of_the_conclusion(moment: datetime, waits_at: str) -> None:
    walk = assessed(make.MOMENT)
    decided(walk)
    paid(walk)

    walk.at(moment)
    concluded(walk)

    assert walk.waits_at() == {waits_at}
