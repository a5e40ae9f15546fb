"""Money for rewards in tests: entered by finance, approved by the chief, as in life."""

import contextlib
from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from casework.models import Account, Bureau
from tests.factories.tips import RECEIVED
from tips.models import BudgetChange
from tips.services.change_budget import decide_budget_change, enter_budget_change
from workflows.errors import Repeated


def fund(people: Mapping[str, Account], bureau: Bureau, amount: str = "500000.00") -> None:
    """Give the bureau a budget for the year of the tests, once."""
    with contextlib.suppress(Repeated):
        change_budget(people, bureau, amount, key=f"budget:{bureau.pk}")


def change_budget(
    people: Mapping[str, Account], bureau: Bureau, amount: str, *, key: str = ""
) -> BudgetChange:
    """Enter a change and approve it."""
    key = key or str(uuid4())
    entered = enter_budget_change(
        actor=people["finance"],
        bureau=bureau,
        year=RECEIVED.year,
        amount=Decimal(amount),
        document_number="云财预〔2024〕118号",
        reasons="年度预算。",
        key=key,
        now=RECEIVED,
    )
    return decide_budget_change(
        actor=people["chief"],
        change=entered,
        is_approved=True,
        reasons="",
        key=f"{key}:approved",
        now=RECEIVED,
    )
