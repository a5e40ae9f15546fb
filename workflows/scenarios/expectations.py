"""Expectations about work, runs, periods and the journal."""

from typing import Any

from workflows.models import Clock, JournalEntry, Run, WorkItem
from workflows.rules.calendar import civil_date
from workflows.scenarios.player import Failure, Player
from workflows.scenarios.registry import expectation


@expectation("work")
def work(player: Player, wanted: dict[str, Any]) -> None:
    """Element → its last day (or `open`, or `none` when nobody may have it to do)."""
    for element_id, due in wanted.items():
        item = WorkItem.objects.filter(element_id=element_id, status="open").order_by("-offered_at").first()
        if due == "none":
            if item is not None:
                raise Failure(f"“{element_id}” is open, expected it not to be")
            continue
        if item is None:
            raise Failure(f"“{element_id}” is not open")
        if due != "open":
            last_day = civil_date(item.due_at) if item.due_at else None
            if str(last_day) != str(due):
                raise Failure(f"“{element_id}” is due {last_day}, expected {due}")


@expectation("may_do")
def may_do(player: Player, wanted: dict[str, list[str]]) -> None:
    """Element → exactly the people to whom it is offered."""
    from django.contrib.auth import get_user_model

    from workflows.duties import offered_to

    for element_id, names in wanted.items():
        offered = [
            account.username
            for account in get_user_model().objects.filter(lane_memberships__isnull=False).distinct()
            if offered_to(account, player.now).filter(element_id=element_id).exists()
        ]
        if sorted(offered) != sorted(names):
            raise Failure(f"“{element_id}” is offered to {sorted(offered)}, expected {sorted(names)}")


@expectation("clocks")
def clocks(player: Player, wanted: dict[str, Any]) -> None:
    """Rule key → last day of the open period, or `ended`."""
    for rule_key, due in wanted.items():
        clock = Clock.objects.filter(rule_key=rule_key).order_by("-id").first()
        if clock is None:
            raise Failure(f"no period “{rule_key}” was started")
        found = "ended" if clock.ended_at else str(civil_date(clock.due_at))
        if found != str(due):
            raise Failure(f"period “{rule_key}” is {found}, expected {due}")


@expectation("runs")
def runs(player: Player, wanted: dict[str, str]) -> None:
    """Process → `running`, `ended` or `none`."""
    for process_id, status in wanted.items():
        run = Run.objects.filter(process_id=process_id).order_by("-started_at").first()
        found = run.status if run else "none"
        if found != status:
            raise Failure(f"{process_id} is {found}, expected {status}")


@expectation("journal")
def journal(player: Player, wanted: list[str]) -> None:
    """Acts that must stand in the journal."""
    known = set(JournalEntry.objects.values_list("act", flat=True))
    if missing := [act for act in wanted if act not in known]:
        raise Failure(f"the journal has no {', '.join(missing)}")
