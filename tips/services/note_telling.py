"""Note that a person told a real-name tipster whom no machine reaches."""

from dataclasses import dataclass
from datetime import date

from tips.coming_back.errors import TellingMissing
from tips.coming_back.letterbox import must_be_told
from tips.models import AnswerDelivery, Tip
from workflows.door.commands import Step


@dataclass(frozen=True)
class Telling:
    """How and on which day; the remark holds no name."""

    way: str
    day: date
    remark: str = ""


def note_telling(step: Step, tip: Tip, about: str, telling: Telling | None) -> AnswerDelivery | None:
    """Note it in the step that ends with it; nothing for a tipster whom the system tells.

    Raises: TellingMissing. Source: TH 12 (five working days), TH 14.
    """
    if telling is None:
        if must_be_told(tip):
            raise TellingMissing
        return None
    is_told = telling.way != AnswerDelivery.Way.UNREACHED
    act = "tipster_told" if is_told else "tipster_not_reached"
    step.record(act, run=step.run, about=about, way=telling.way, day=telling.day.isoformat())
    return AnswerDelivery.objects.create(
        tip=tip,
        about=about,
        way=telling.way,
        day=telling.day,
        remark=telling.remark,
        recorded_by=step.actor,
        recorded_at=step.now,
    )
