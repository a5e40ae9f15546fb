"""The demo's people and institutions as the cast of every scenario."""

from datetime import datetime

from casework.models import Bureau
from config.demo_bureau.institutions import make_institutions
from config.demo_bureau.people import make_people
from tips.services.questionnaires import load_shipped
from workflows.scenarios import preparation


@preparation
def make_cast(now: datetime) -> None:
    """Make the bureau with everybody in it."""
    make_people()
    load_shipped(now)
    make_institutions(Bureau.objects.get(level=Bureau.Level.COUNTY))
