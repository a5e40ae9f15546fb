"""Which decision a tipster may ask to have looked at again, and what the tipster sees of the request."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.clock_faces import clock_face
from casework.faces import ClockFace
from casework.models import Account
from tips.models import Reexamination, Reward, Tip
from workflows.models import Run, WorkItem
from workflows.selectors import open_clocks

About = Reexamination.About
Outcome = Reexamination.Outcome


@dataclass(frozen=True)
class Decision:
    """A decision against the tipster's wish, told to them."""

    about: About
    decided_at: datetime
    decided_by: Account | None
    reasons: str


def decision_of(tip: Tip) -> Decision | None:
    """The decision that may be asked about: told, not yet looked at again, and nothing under way."""
    if tip.withdrawn_at or tip.keys.destroyed_at:
        return None
    found = _of_reward(tip) or _of_filing(tip) or _of_acceptance(tip)
    if found is None or tip.reexaminations.filter(outcome="").exists():
        return None
    asked = tip.reexaminations.filter(about=found.about, decided_at=found.decided_at)
    return None if asked.exists() else found


def _of_acceptance(tip: Tip) -> Decision | None:
    entry = tip.entries.filter(left_at=None).select_related("registered_by").first()
    if tip.is_accepted is not False or not tip.answered_at or entry is None or not entry.registered_at:
        return None
    return Decision(About.NOT_ACCEPTED, entry.registered_at, entry.registered_by, tip.jurisdiction_note)


def _of_filing(tip: Tip) -> Decision | None:
    if tip.is_filed is not False or not tip.answered_at or not tip.decided_at:
        return None
    done = WorkItem.objects.filter(
        run=tip.leading_run, element_id="decide_filing", completed_by__isnull=False
    )
    last = done.select_related("completed_by").order_by("-completed_at").first()
    return Decision(About.NOT_FILED, tip.decided_at, last.completed_by if last else None, tip.filing_reasons)


def _of_reward(tip: Tip) -> Decision | None:
    reward = Reward.objects.select_related("run", "assessed_by").filter(tip=tip, is_eligible=False).first()
    if reward is None or reward.assessed_at is None or reward.leading_run.status != Run.Status.ENDED:
        return None
    return Decision(About.REWARD, reward.assessed_at, reward.assessed_by, reward.reasons)


@dataclass(frozen=True)
class Told:
    """A request as its tipster sees it."""

    request: Reexamination
    word: Any
    tone: str
    explanation: Any
    clock: ClockFace | None


WORDS: dict[str, tuple[Any, str, Any]] = {
    "": (
        _("being looked at again"),
        "active",
        _("An officer who had no part in the decision looks at it again. You read the answer here."),
    ),
    Outcome.KEPT: (
        _("looked at again: the decision stands"),
        "done",
        _("The answer with its reasons stands among the messages."),
    ),
    Outcome.SET_ASIDE: (
        _("looked at again: the decision was set aside"),
        "active",
        _("The bureau decides anew. The answer stands among the messages."),
    ),
}


def told(tip: Tip, now: datetime) -> list[Told]:
    """The tipster's requests, the newest first, with the day of the answer while one is under way."""
    found = tip.reexaminations.select_related("run").order_by("-asked_at", "-id")
    return [Told(one, *WORDS[one.outcome], _clock(one, now)) for one in found]


def _clock(one: Reexamination, now: datetime) -> ClockFace | None:
    face = clock_face(open_clocks(one.leading_run).first(), now)
    return replace(face, label=_("We answer you by")) if face else None
