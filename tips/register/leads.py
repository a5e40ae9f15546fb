"""A tip as the lead of a case: whom it is about, what was found, in the terms of casework."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.document_facts import article_words
from casework.models import Institution
from casework.rules.filing import FilingFacts
from casework.services.issue_filing_approval import Lead
from casework.services.open_case import PartyFacts
from tips.models import Tip
from workflows.rules.calendar import civil_date


@dataclass(frozen=True, kw_only=True)
class FilingGrounds:
    """What the leader found before deciding; articles of REG such as "38"."""

    tests: FilingFacts
    articles: tuple[str, ...]
    reasons: str


def party_as_json(party: PartyFacts) -> dict[str, Any]:
    """Whom the case is about, as the tip keeps it until the case is opened."""
    return {
        "kind": party.kind,
        "name": party.name,
        "institution": party.institution.pk if party.institution else None,
        "identifier": party.identifier,
        "representative": party.representative,
        "address": party.address,
        "liable_as": party.liable_as,
    }


def party_of(tip: Tip) -> PartyFacts:
    """The party that the leader confirmed."""
    known = dict(tip.party)
    institution = known.get("institution")
    known["institution"] = Institution.objects.filter(pk=institution).first() if institution else None
    return PartyFacts(**known)


def lead_of(tip: Tip, grounds: FilingGrounds, *, due: datetime | None) -> Lead:
    """What 立案审批表 says of a tip: reviewed words only."""
    verifiers = tip.verifiers.select_related("officer__account").order_by("id")
    return Lead(
        party=party_of(tip),
        cause=tip.cause,
        origin="tip",
        received_on=received_on(tip),
        summary=tip.reviewed_copy,
        verification=tip.verification_record,
        verifiers=[verifier.officer for verifier in verifiers],
        tests=grounds.tests,
        suspected_articles=tuple(article_words(article) for article in grounds.articles),
        due_on=civil_date(due) if due else None,
    )


def received_on(tip: Tip) -> date:
    """The civil day on which the tip was received."""
    return civil_date(tip.received_at)
