"""Facts of a case as documents need them. Nothing here is typed twice: it comes from the rows."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext

from casework.documents.contexts.shared import (
    AccountFacts,
    EvidenceFacts,
    OfficerFacts,
    PartyFacts,
    RemedyFacts,
    ViolationFacts,
)
from casework.documents.numerals import ordinal
from casework.models import Bureau, Case, Evidence, Finding, Officer, Party
from casework.rules.money import Money
from casework.rules.parameter_file import load_acts
from casework.rules.penalty_range import implementing_rules_warning


def party_facts(party: Party) -> PartyFacts:
    """The party as documents name it."""
    return PartyFacts(
        kind=party.kind,
        name=party.name,
        identifier=party.identifier,
        representative=party.representative,
        address=party.address,
        institution_code=party.institution.code if party.institution else "",
    )


def main_party(case: Case) -> Party:
    """The party that the documents of the case are addressed to."""
    return case.parties.select_related("institution").order_by("id")[0]


def officer_facts(officer: Officer) -> OfficerFacts:
    """An officer with the certificate number."""
    return OfficerFacts(name=str(officer.account), certificate_number=officer.certificate_number)


def handler_facts(case: Case) -> tuple[OfficerFacts, ...]:
    """The case handlers appointed at present."""
    handlers = case.handlers.filter(released_at=None).select_related("officer__account").order_by("id")
    return tuple(officer_facts(handler.officer) for handler in handlers)


def standing_findings(case: Case) -> list[Finding]:
    """Findings that were not withdrawn."""
    return list(case.findings.filter(withdrawn_at=None).select_related("party").order_by("id"))


def violation_facts(case: Case) -> tuple[ViolationFacts, ...]:
    """One entry per finding."""
    return tuple(
        ViolationFacts(
            conduct=f.conduct,
            facts=f.facts,
            violated=article_words(f.article),
            punished_by=article_words(f.article),
            occurred_from=f.occurred_from,
            occurred_until=f.occurred_until,
            loss_amount=f.loss_amount,
        )
        for f in standing_findings(case)
    )


def evidence_facts(case: Case) -> tuple[EvidenceFacts, ...]:
    """The stored evidence of the case."""
    stored = case.evidence.filter(state=Evidence.State.STORED)
    return tuple(EvidenceFacts(kind=e.kind, title=e.file_name, proves=e.title) for e in stored)


def article_words(article: str) -> str:
    """An article in words, e.g. 《医疗保障基金使用监督管理条例》第三十八条."""
    number, _, paragraph = article.partition("(")
    act = load_acts()["REG"].name.partition("》")[0] + "》"
    words = f"{act}第{ordinal(int(number))}条"
    return words + (f"第{ordinal(int(paragraph.rstrip(')')))}款" if paragraph else "")


def fine_working(case: Case) -> str:
    """How the fine adds up, finding by finding."""
    findings = standing_findings(case)
    parts = [f"{f.loss_amount:,.2f}元×{f.multiple.normalize():f}倍" for f in findings]
    added_up = sum((Money.rounded(f.loss_amount * f.multiple).amount for f in findings), Decimal(0))
    words = " + ".join(parts) + f" = {added_up:,.2f}元"
    # A lighter fine after a statement or by mitigation is no sum of multiples: say so.
    return words if added_up == case.fine_amount else f"{words}，经裁量确定为{case.fine_amount:,.2f}元"


def account_facts(bureau: Bureau, kind: str) -> AccountFacts:
    """The bank account for fund money or for fines."""
    account = bureau.bank_accounts.get(kind, {})
    return AccountFacts(**{name: account.get(name, "") for name in ("holder", "bank", "number")})


def remedy_facts(bureau: Bureau) -> RemedyFacts:
    """Whom the party may turn to."""
    names = ("review_authority", "court", "enforcing_court")
    return RemedyFacts(**{name: bureau.remedies.get(name, "") for name in names})


def law_marks(case: Case) -> tuple[str, ...]:
    """Notes for the draft when acts fall under rules that are not loaded (令第7号)."""
    latest = max((f.occurred_until for f in standing_findings(case)), default=date.min)
    with translation.override("zh-hans"):
        return tuple(warning.render(gettext) for warning in implementing_rules_warning(latest))
