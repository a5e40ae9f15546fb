"""Expectations about a case: facts, documents, money, reports to the province."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from django.db.models import Q, QuerySet

from casework import storage
from casework.models import Document, Evidence, ProvinceReport
from casework.scenario.acts import case_of
from casework.selectors import balances, main_party, standing_loss
from workflows.scenarios import Failure, Player, compare, expectation


@expectation("case")
def case(player: Player, wanted: dict[str, Any]) -> None:
    """Facts of the case; moments are compared by day, `null` means not yet."""
    found = case_of(player)
    serving = found.handlers.filter(released_at=None).values_list("officer__account__username", flat=True)
    facts = {
        "number": found.number,
        "cause": found.cause,
        "party": main_party(found).name,
        "filed_on": found.filed_on,
        "handlers": sorted(serving),
        "findings": found.findings.filter(withdrawn_at=None).count(),
        "evidence": found.evidence.filter(state=Evidence.State.STORED).count(),
        "loss": standing_loss(found),
        "recovery": found.recovery_amount,
        "fine": found.fine_amount,
        "ground": found.closing_ground or None,
        "concluded": found.concluded_at,
        "closed": found.closed_at,
    }
    compare("case", wanted, facts)


@expectation("documents")
def documents(player: Player, wanted: dict[str, Any]) -> None:
    """Kind → how many there are, or `count`, `number`, `served` and `contains` (texts of the PDF) of the latest."""
    issued = _documents(player)
    for kind, what in wanted.items():
        found = list(issued.filter(kind=kind).prefetch_related("services"))
        facts = what if isinstance(what, dict) else {"count": what}
        latest = found[-1] if found else None
        services = latest.services.count() if latest else 0
        known = {"count": len(found), "number": latest and latest.number, "served": services > 0}
        compare(f"document {kind}", {k: v for k, v in facts.items() if k != "contains"}, known)
        if "contains" in facts:
            _check_words(kind, latest, facts["contains"])


@expectation("ledger")
def ledger(player: Player, wanted: dict[str, dict[str, Any]]) -> None:
    """Ledger → account code → balance in yuan, debit positive; an account without a booking is at 0."""
    held: dict[tuple[str, str], Any] = {}
    for subject in _subjects(player):
        for place, amount in balances(subject).items():
            held[place] = held.get(place, 0) + amount
    for name, accounts in wanted.items():
        found = {code: held.get((name, code), 0) for code in accounts}
        compare(f"ledger {name}", accounts, {code: _yuan(amount) for code, amount in found.items()})


@expectation("province_report")
def province_report(player: Player, wanted: dict[str, Any]) -> None:
    """Event (concluded, transferred) → facts of its report, or `none`."""
    for event, facts in wanted.items():
        report = ProvinceReport.objects.filter(case=case_of(player), event=event).first()
        if report is None or facts == "none":
            if (report is None) != (facts == "none"):
                raise Failure(f"there is {'no' if report is None else 'a'} report of “{event}”")
            continue
        found = {
            "triggers": report.triggers,
            "sent": report.sent_at,
            "delivered": report.delivered_at,
            "received": report.received_at,
            "receipt": report.receipt_number or None,
        }
        compare(f"report of “{event}”", facts, found)


def _subjects(player: Player) -> list[tuple[str, int]]:
    return list(player.runs().order_by().values_list("subject_kind", "subject_id").distinct())


def _documents(player: Player) -> QuerySet[Document]:
    mine = Q(pk=None)
    for kind, subject_id in _subjects(player):
        mine |= Q(subject_kind=kind, subject_id=subject_id)
    return Document.objects.filter(mine).order_by("id")


def _check_words(kind: str, document: Document | None, texts: list[str]) -> None:
    if document is None or document.stored_at is None:
        raise Failure(f"there is no stored {kind}")
    words = _pdf_words(document.object_key, document.version_id)
    for text in texts:
        if "".join(str(text).split()) not in words:
            raise Failure(f"{document.number} does not contain “{text}”")


@lru_cache(maxsize=8)
def _pdf_words(object_key: str, version_id: str) -> str:
    """The text of a stored PDF without white space, which means nothing in Chinese."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(storage.get(object_key, version_id))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def _yuan(amount: Any) -> Any:
    from casework.rules.money import Money

    return Money.yuan(0).amount + amount
