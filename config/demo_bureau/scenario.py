"""The demo's people and institutions as the cast of every scenario."""

from datetime import datetime
from typing import Any

from casework.models import Bureau
from config.demo_bureau.institutions import make_institutions
from config.demo_bureau.people import join_people, make_people
from tips.services.questionnaires import load_shipped
from workflows.scenarios import Player, act, preparation


@preparation
def make_cast(now: datetime) -> None:
    """Make the bureau with everybody in it."""
    make_people()
    load_shipped(now)
    make_institutions(Bureau.objects.get(level=Bureau.Level.COUNTY))


@act("add_bureau")
def add_bureau(player: Player, who: str, entries: dict[str, Any]) -> None:
    """A further bureau of the province takes part: `bureau` and `people` as in people.yaml."""
    join_people(entries["bureau"], entries["people"])
