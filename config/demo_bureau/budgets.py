"""The demo bureau's reward budgets: one appropriation a year, entered and approved like any other."""

import contextlib
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from casework.models import Account, Bureau
from tips.services.change_budget import decide_budget_change, enter_budget_change
from workflows.errors import Repeated
from workflows.now import now
from workflows.rules.calendar import civil_date

FIRST_YEAR = 2024
AMOUNT = Decimal("600000.00")


def make_budgets(bureau: Bureau) -> None:
    """Give each year since the first one its money, in the December before."""
    people = {name: Account.objects.get(username=name) for name in ("finance", "chief")}
    for year in range(FIRST_YEAR, civil_date(now()).year + 1):
        moment = datetime(year - 1, 12, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
        with contextlib.suppress(Repeated):
            change = enter_budget_change(
                actor=people["finance"],
                bureau=bureau,
                year=year,
                amount=AMOUNT,
                document_number=f"云财预〔{year - 1}〕118号",
                reasons="年度举报奖励资金预算。",
                key=f"demo:budget:{year}",
                now=moment,
            )
            decide_budget_change(
                actor=people["chief"],
                change=change,
                is_approved=True,
                reasons="",
                key=f"demo:budget:{year}:approved",
                now=moment,
            )
