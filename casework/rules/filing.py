"""Whether a lead may be filed as a case (立案), and whether the limitation (时效) has run out."""

from dataclasses import dataclass
from datetime import date

from casework.rules.parameters import legal_period
from workflows.rules.calendar import Calendar
from workflows.rules.clock import compute_deadline
from workflows.rules.texts import Text, gettext_noop, text


@dataclass(frozen=True)
class FilingFacts:
    """What the leader must find before filing; `act_ended_on` is None while the conduct goes on."""

    has_identified_suspect: bool
    is_punishable_conduct: bool
    is_own_jurisdiction: bool
    act_ended_on: date | None
    found_on: date
    harms_life_health_or_finances: bool = False


def filing_obstacles(facts: FilingFacts, *, calendar: Calendar) -> tuple[Text, ...]:
    """Return every reason against filing; empty when the case may be filed.

    Source: PP 15, in force since 2021-07-15 (wording VERIFIED-2); APL 36.
    """
    reasons = []
    if not facts.has_identified_suspect:
        reasons.append(text(gettext_noop("No suspect has been identified.")))
    if not facts.is_punishable_conduct:
        reasons.append(text(gettext_noop("The conduct is not one that should be penalised.")))
    if not facts.is_own_jurisdiction:
        reasons.append(text(gettext_noop("The matter lies outside this bureau's jurisdiction; refer it.")))
    last_day = limitation_ends(facts.act_ended_on, facts.harms_life_health_or_finances, calendar=calendar)
    if last_day is not None and facts.found_on > last_day:
        reasons.append(
            text(
                gettext_noop("The limitation ran out on %(day)s, before the conduct was found."), day=last_day
            )
        )
    return tuple(reasons)


def limitation_ends(act_ended_on: date | None, with_harm: bool, *, calendar: Calendar) -> date | None:
    """Return the last day on which conduct can still be found in time; None while it goes on.

    Two years, five where life, health or financial safety was harmed. Source: APL 36, PP 6, since 2021-07-15.
    """
    if act_ended_on is None:
        return None
    key = "limitation_with_harm" if with_harm else "limitation"
    period = legal_period(key, on=max(act_ended_on, date(2021, 7, 15)))
    return compute_deadline(period, act_ended_on, calendar=calendar).last_day
