"""What keeps a case from being closed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from casework.rules.closing import ClosingFacts, closing_obstacles

READY = ClosingFacts(
    ground="executed",
    is_concluded=True,
    open_recovery=Decimal("0.00"),
    open_fine=Decimal("0.00"),
    unserved_documents=(),
    missing_reports=(),
    unreceived_reports=(),
)


def test_a_case_closes_on_a_ground_with_everything_paid_reported_and_served() -> None:
    assert closing_obstacles(READY) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"ground": ""},
        {"ground": "tired"},
        {"is_concluded": False},
        {"open_recovery": Decimal("0.01")},
        {"open_fine": Decimal("0.01")},
        {"unserved_documents": ("云河医保罚决〔2025〕1号",)},
        {"missing_reports": ("concluded",)},
        {"unreceived_reports": ("concluded",)},
    ],
)
def test_each_obstacle_keeps_the_case_open(change: dict[str, Any]) -> None:
    assert len(closing_obstacles(replace(READY, **change))) == 1


def test_money_that_the_court_gave_up_on_may_stay_open() -> None:
    facts = replace(READY, ground="court_ended", open_recovery=Decimal(5), open_fine=Decimal(7))

    assert closing_obstacles(facts) == ()
