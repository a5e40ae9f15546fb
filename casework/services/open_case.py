"""Open a case: number, party, run. Called inside the step that decides on filing."""

from dataclasses import dataclass
from datetime import date

from casework.models import Account, Bureau, Case, Institution, Party
from casework.permissions import Permission, grant_case
from casework.services.numbering import official_number
from workflows.door.commands import start_run
from workflows.door.transaction import Act
from workflows.rules.calendar import civil_date


@dataclass(frozen=True)
class PartyFacts:
    """The party as known at filing; an institution of the register brings its own facts."""

    kind: str
    name: str
    institution: Institution | None = None
    identifier: str = ""
    representative: str = ""
    address: str = ""
    liable_as: str = "provider"


def open_case(
    act: Act,
    *,
    bureau: Bureau,
    cause: str,
    origin: str,
    summary: str,
    discovered_on: date,
    filed_by: Account,
    party: PartyFacts,
) -> Case:
    """Create the case and start its run in the act's family; the 90 days begin. Source: PP 14, 15, 45."""
    day = civil_date(act.now)
    case = Case.objects.create(
        number=official_number(bureau, "case", day),
        bureau=bureau,
        cause=cause,
        origin=origin,
        summary=summary,
        discovered_on=discovered_on,
        filed_on=day,
        filed_by=filed_by,
    )
    _add_party(case, party)
    grant_case(filed_by, case, Permission.VIEW)
    act.record("case_opened", subject=("case", case.pk), number=case.number)
    case.run = start_run(
        act,
        "case_handling",
        subject=("case", case.pk),
        business_key=case.number,
        unit_id=bureau.pk,
        data={"case_id": case.pk, "party_kind": party.kind, "filed_on": day.isoformat()},
    )
    case.save(update_fields=["run"])
    return case


def _add_party(case: Case, facts: PartyFacts) -> Party:
    institution = facts.institution
    return Party.objects.create(
        case=case,
        kind=facts.kind,
        name=institution.name if institution else facts.name,
        institution=institution,
        identifier=facts.identifier or (institution.credit_code if institution else ""),
        representative=facts.representative or (institution.legal_representative if institution else ""),
        address=facts.address or (institution.address if institution else ""),
        liable_as=facts.liable_as,
    )
