"""Where a report stands, in words for the tipster: derived from its run, never from an internal state."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.clock_faces import clock_face
from casework.faces import ClockFace, Happening
from casework.rule_sentences import in_words
from casework.rules.parameters import earliest_parameter
from casework.templatetags.dates import civil_date as date_word
from tips.coming_back.steps import PublicStep, step_at
from tips.coming_back.steps.tip import HANDLED, NOT_A_TIP, NOT_FILED, NOT_OURS, PAUSED, STOPPED, WITHDRAWN
from tips.models import Tip
from workflows.models import Clock, Run
from workflows.now import now
from workflows.rules.clock import Unit, unit_name
from workflows.selectors import live_elements, open_clocks


@dataclass(frozen=True)
class PublicStatus:
    """Word, explanation, tone of a status word, what comes next, and the next legal date if one is running."""

    word: Any
    explanation: Any
    tone: str = "active"
    next: Any = ""
    clock: ClockFace | None = None


# Legal periods that a tipster may know, with their words. How the case's own period moved is not told: its
# extensions and pauses would show what the bureau does there.
OF_THE_TIP = {
    "lead_verification": _("We decide whether to file a case by"),
    "tell_tipster_filing_decision": _("We answer you by"),
}
OF_THE_CASE = {"decision": _("The case must be decided by")}


def status_of(tip: Tip, at: datetime | None = None) -> PublicStatus:
    """The status of a report."""
    step = WITHDRAWN if tip.withdrawn_at else handling_step(tip)
    is_over = step in (WITHDRAWN, NOT_A_TIP, NOT_OURS, NOT_FILED, HANDLED, STOPPED)
    clock = None if is_over else _next_clock(tip, at or now())
    return PublicStatus(step.word, step.explanation, step.tone, step.next, clock)


def handling_step(tip: Tip) -> PublicStep:
    """Where the handling stands, whether or not the report was withdrawn."""
    run = tip.leading_run
    if run.status == Run.Status.CANCELLED:
        return STOPPED
    case_run = tip.case.run if tip.case else None
    if Run.Status.SUSPENDED in (run.status, case_run.status if case_run else ""):
        return PAUSED
    live = live_elements(run)
    if run.status == Run.Status.ENDED or "archive_tip" in live:
        return _ended(tip)
    if "case_decided" in live and case_run:
        return step_at("case_handling", live_elements(case_run))
    return step_at("tip_handling", live)


def _ended(tip: Tip) -> PublicStep:
    if tip.is_accepted is False:
        is_tip = not tip.entries.filter(left_at=None, jurisdiction="not_a_tip").exists()
        return NOT_OURS if is_tip else NOT_A_TIP
    return NOT_FILED if tip.is_filed is False else HANDLED


def _next_clock(tip: Tip, at: datetime) -> ClockFace | None:
    for clock in open_clocks(tip.leading_run):
        if clock.rule_key in OF_THE_TIP:
            face = clock_face(clock, at)
            return replace(face, label=OF_THE_TIP[clock.rule_key]) if face else None
    case_run = tip.case.run if tip.case else None
    for clock in open_clocks(case_run) if case_run else ():
        if clock.rule_key in OF_THE_CASE:
            face = clock_face(clock, at)
            return replace(face, label=OF_THE_CASE[clock.rule_key], counted=_by_law(clock)) if face else None
    return None


def _by_law(clock: Clock) -> list[Any]:
    """How the law counts a period, without what happened to it."""
    law = earliest_parameter(clock.rule_key)
    is_chinese = (get_language() or "").startswith("zh")
    facts = {
        "value": law.value,
        "unit": in_words(unit_name(Unit(law.unit), int(law.value))),
        "event": law.event_zh if is_chinese else law.event,
        "day": date_word(clock.starts_at),
    }
    return [
        _("%(value)s %(unit)s, counted from: %(event)s (%(day)s)") % facts,
        _("Days that the law does not count, and more time that the law allows, move the end."),
    ]


def history_of(tip: Tip) -> list[Happening]:
    """The dates that a tipster may know, oldest first."""
    return list(_happenings(tip))


def _happenings(tip: Tip) -> Iterator[Happening]:
    yield Happening(what=str(_("Report received")), at=tip.received_at)
    for entry in tip.entries.filter(left_at__isnull=False).select_related("referred_to"):
        assert entry.referred_to is not None, "a tip leaves a bureau for another one"
        handed = str(_("Handed to %(bureau)s")) % {"bureau": entry.referred_to.name}
        yield Happening(what=handed, at=entry.left_at, more=str(_("That bureau decides whether it acts.")))
    if tip.is_accepted is False:
        yield Happening(what=str(_("Not for this bureau")), tone="void", more=tip.jurisdiction_note)
    elif tip.is_accepted:
        yield Happening(what=str(_("Registered; the facts are checked")))
    if tip.decided_at:
        what = _("A case was filed") if tip.is_filed else _("No case was filed")
        yield Happening(what=str(what), at=tip.decided_at)
    if tip.answered_at:
        yield Happening(what=str(_("Answer sent to you")), at=tip.answered_at)
    if tip.withdrawn_at:
        yield Happening(what=str(_("You withdrew the report")), at=tip.withdrawn_at, tone="void")
    if tip.archived_at:
        yield Happening(what=str(_("File closed")), at=tip.archived_at)
