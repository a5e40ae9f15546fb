"""Gates (关口) that a case passes before a decision; each says why it is shut."""

from dataclasses import dataclass
from datetime import datetime

from workflows.rules.texts import Text, gettext_noop, text


@dataclass(frozen=True)
class DecisionFacts:
    """What is on file when the leader is about to decide; moments are None while the thing has not happened."""

    filed_at: datetime | None
    first_measure_at: datetime | None
    notice_served_at: datetime | None
    response_period_over_at: datetime | None
    decision_due_at: datetime
    review_is_required: bool
    review_has_passed: bool
    hearing_must_be_offered: bool
    hearing_was_offered: bool
    hearing_was_held: bool
    rests_on_hearing_record: bool
    collective_record_is_required: bool
    has_collective_record: bool
    police_hold_case: bool
    response_was_waived: bool = False


@dataclass(frozen=True)
class Gate:
    """A gate by its name in the law table, with the reason shown when it is shut."""

    name: str
    reason: Text
    source: str


FILED_BEFORE_MEASURES = Gate(
    "filed_before_measures", text(gettext_noop("A measure was taken before the case was filed.")), "PP 14–15"
)
NOTICE_BEFORE_DECISION = Gate(
    "notice_before_decision",
    text(gettext_noop("The notice of the intended penalty was not served, or its period still runs.")),
    "PP 41; APL 44–45",
)
REVIEW_PASSED = Gate(
    "review_passed_when_required", text(gettext_noop("The legal review has not passed.")), "PP 37; APL 58"
)
HEARING_OFFERED = Gate(
    "hearing_offered_when_required",
    text(gettext_noop("The party was not told of its right to a hearing.")),
    "APL 63",
)
FOLLOWS_HEARING_RECORD = Gate(
    "decision_follows_hearing_record",
    text(gettext_noop("The decision does not rest on the record of the hearing.")),
    "APL 65",
)
COLLECTIVE_RECORD = Gate(
    "collective_record_when_required",
    text(gettext_noop("The record of the collective discussion is missing.")),
    "PP 44; APL 57",
)
DECISION_IN_TIME = Gate(
    "decision_in_time", text(gettext_noop("The time for the decision has run out.")), "PP 45; APL 60"
)
NO_PENALTY_INSTEAD_OF_TRANSFER = Gate(
    "no_penalty_instead_of_transfer",
    text(gettext_noop("The police hold the case; a fine may not take the place of the transfer.")),
    "TR 11; APL 35",
)


def shut_gates(facts: DecisionFacts, *, now: datetime) -> tuple[Gate, ...]:
    """Return every gate that forbids a penalty decision now, in the order of the procedure.

    `decision_in_time` comes last: a decision that is late breaks the law and must still be made, so the caller
    may let this one gate pass, with the overrun on record.
    """
    answers = (
        (FILED_BEFORE_MEASURES, _filed_first(facts)),
        (NO_PENALTY_INSTEAD_OF_TRANSFER, not facts.police_hold_case),
        (REVIEW_PASSED, facts.review_has_passed or not facts.review_is_required),
        (HEARING_OFFERED, facts.hearing_was_offered or not facts.hearing_must_be_offered),
        (NOTICE_BEFORE_DECISION, _heard(facts, now)),
        (FOLLOWS_HEARING_RECORD, facts.rests_on_hearing_record or not facts.hearing_was_held),
        (COLLECTIVE_RECORD, facts.has_collective_record or not facts.collective_record_is_required),
        (DECISION_IN_TIME, now <= facts.decision_due_at),
    )
    return tuple(gate for gate, is_open in answers if not is_open)


def _filed_first(facts: DecisionFacts) -> bool:
    if facts.filed_at is None:
        return False
    return facts.first_measure_at is None or facts.filed_at <= facts.first_measure_at


def _heard(facts: DecisionFacts, now: datetime) -> bool:
    if facts.notice_served_at is None or facts.notice_served_at > now:
        return False
    over = facts.response_period_over_at
    return facts.response_was_waived or (over is not None and over < now)
