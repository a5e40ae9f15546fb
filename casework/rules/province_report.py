"""When a case is reported to the province (案情报告)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.money import Money
from casework.rules.parameters import legal_amount


class Trigger(StrEnum):
    """The three grounds; each is enough."""

    AMOUNT = "amount"
    POLICE_TRANSFER = "police_transfer"
    PUBLIC_CONCERN = "public_concern"


class ReportEvent(StrEnum):
    """The two events that start the two working days; a transferred case has both and reports twice."""

    TRANSFERRED = "transferred"
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class ReportFacts:
    """What is known when the question is asked."""

    amount_involved: Money
    was_transferred: bool
    may_draw_public_attention: bool


def report_triggers(facts: ReportFacts, *, on: date, region: str | None = None) -> tuple[Trigger, ...]:
    """Return every ground on which the case is reported; empty when it need not be.

    Exactly the amount of the parameter is reported: an unneeded report does no harm, a missing one does.
    Source: 苏医保发〔2019〕25号 pt 9, in force since 2019-04-04.
    """
    found = []
    if facts.amount_involved >= legal_amount("case_report_amount", on=on, region=region):
        found.append(Trigger.AMOUNT)
    if facts.was_transferred:
        found.append(Trigger.POLICE_TRANSFER)
    if facts.may_draw_public_attention:
        found.append(Trigger.PUBLIC_CONCERN)
    return tuple(found)


def reports_due(
    facts: ReportFacts, *, is_concluded: bool, on: date, region: str | None = None
) -> tuple[ReportEvent, ...]:
    """Return the reports that the case owes so far: one at the transfer, one once it is concluded (办结)."""
    events = [ReportEvent.TRANSFERRED] if facts.was_transferred else []
    if is_concluded and report_triggers(facts, on=on, region=region):
        events.append(ReportEvent.CONCLUDED)
    return tuple(events)
