"""What scenarios expect of a case from legal review to execution. Format: `docs/scenarios.md`."""

from typing import Any

from casework.scenario.acts import case_of
from enforcement.models import Hearing, Payment, PenaltyDecision, PoliceTransfer
from enforcement.selectors import latest_notice, latest_review, paid_amount
from workflows.scenarios import Failure, Player, compare, expectation


@expectation("review")
def review(player: Player, wanted: dict[str, Any]) -> None:
    """Rounds of legal review and the opinion of the last."""
    found = latest_review(case_of(player))
    if found is None:
        raise Failure("there was no legal review")
    facts = {"rounds": found.round, "opinion": found.opinion, "reviewer": found.reviewer.username}
    compare("review", wanted, facts)


@expectation("notice")
def notice(player: Player, wanted: dict[str, Any]) -> None:
    """The latest notice of an intended penalty."""
    found = latest_notice(case_of(player))
    if found is None:
        raise Failure("no notice was served")
    facts = {
        "rounds": found.round,
        "recovery": found.recovery_amount,
        "fine": found.fine_amount,
        "hearing_offered": found.offers_hearing,
        "served_on": found.served_on,
        "statements": found.statements.count(),
    }
    compare("notice", wanted, facts)


@expectation("hearing")
def hearing(player: Player, wanted: dict[str, Any]) -> None:
    """The hearing on the latest notice."""
    found = Hearing.objects.filter(notice=latest_notice(case_of(player))).first()
    if found is None:
        raise Failure("no hearing was arranged")
    facts = {
        "chair": found.chair.username,
        "on": found.scheduled_for,
        "place": found.place,
        "public": found.is_public,
        "result": found.result or None,
    }
    compare("hearing", wanted, facts)


@expectation("decision")
def decision(player: Player, wanted: Any) -> None:
    """The decision with what was paid on it, or `none`."""
    found = PenaltyDecision.objects.filter(case=case_of(player)).first()
    if found is None or wanted == "none":
        if (found is None) != (wanted == "none"):
            raise Failure(f"there is {'no' if found is None else 'a'} decision")
        return
    facts = {
        "kind": found.kind,
        "recovery": found.recovery_amount,
        "fine": found.fine_amount,
        "decided": found.decided_at,
        "received_on": found.received_on,
        "recovery_paid": paid_amount(found, Payment.Kind.RECOVERY),
        "fine_paid": paid_amount(found, Payment.Kind.FINE),
    }
    compare("decision", wanted, facts)


@expectation("transfer")
def transfer(player: Player, wanted: dict[str, Any]) -> None:
    """The transfer to the police."""
    found = PoliceTransfer.objects.filter(case=case_of(player)).first()
    if found is None:
        raise Failure("no transfer was decided on")
    facts = {
        "approved": found.is_approved,
        "handed_over": found.handed_over_at,
        "receipt": found.receipt or None,
        "result": found.result or None,
        "judgment": found.judgment_number or None,
        "court_loss": found.court_loss,
    }
    compare("transfer", wanted, facts)
