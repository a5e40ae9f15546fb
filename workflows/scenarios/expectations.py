"""Expectations about work, runs, periods and the journal of a matter."""

from typing import Any

from django.contrib.auth import get_user_model

from workflows.duties import offered_to
from workflows.models import Clock, JournalEntry, WorkItem
from workflows.rules.calendar import civil_date
from workflows.scenarios.comparing import Failure, compare, shown
from workflows.scenarios.player import Player
from workflows.scenarios.registry import expectation


@expectation("work")
def work(player: Player, wanted: dict[str, Any]) -> None:
    """Element → its last day (or `open`, or `none` when nobody may have it to do)."""
    for element_id, due in wanted.items():
        items = WorkItem.objects.filter(family_id=player.family_id, element_id=element_id)
        item = items.filter(status=WorkItem.Status.OPEN).order_by("-offered_at").first()
        if due == "none":
            if item is not None:
                raise Failure(f"“{element_id}” is open, expected it not to be")
            continue
        if item is None:
            raise Failure(f"“{element_id}” is not open")
        last_day = civil_date(item.due_at) if item.due_at else None
        if due != "open" and shown(last_day) != shown(due):
            raise Failure(f"“{element_id}” is due {last_day}, expected {due}")


@expectation("may_do")
def may_do(player: Player, wanted: dict[str, list[str]]) -> None:
    """Element → exactly the people to whom it is offered."""
    people = get_user_model().objects.filter(lane_memberships__isnull=False).distinct()
    for element_id, names in wanted.items():
        mine = {"family_id": player.family_id, "element_id": element_id}
        offered = sorted(p.username for p in people if offered_to(p, player.now).filter(**mine).exists())
        if offered != sorted(names):
            raise Failure(f"“{element_id}” is offered to {offered}, expected {sorted(names)}")


@expectation("clocks")
def clocks(player: Player, wanted: dict[str, Any]) -> None:
    """Rule key → last day of the latest such period while it runs, `ended`, or `none`."""
    found = {}
    for rule_key in wanted:
        clock = (
            Clock.objects.filter(run__family_id=player.family_id, rule_key=rule_key).order_by("-id").first()
        )
        found[rule_key] = "none" if clock is None else "ended" if clock.ended_at else clock.due_at
    compare("periods", wanted, found)


@expectation("runs")
def runs(player: Player, wanted: dict[str, str]) -> None:
    """Process → `running`, `ended` or `none`."""
    found = {}
    for process_id in wanted:
        run = player.runs(process_id=process_id).first()
        found[process_id] = run.status if run else "none"
    compare("runs", wanted, found)


@expectation("journal")
def journal(player: Player, wanted: list[str]) -> None:
    """Acts that must stand in the journal of the matter, or how often each stands there."""
    acts = JournalEntry.objects.filter(family_id=player.family_id)
    if isinstance(wanted, dict):
        compare("journal", wanted, {act: acts.filter(act=act).count() for act in wanted})
        return
    known = set(acts.values_list("act", flat=True))
    if missing := [act for act in wanted if act not in known]:
        raise Failure(f"the journal has no {', '.join(missing)}")
