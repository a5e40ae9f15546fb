"""Decide on a proposed reward scheme; take an approved version back before its first day."""

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account
from casework.permissions import Role, require_role
from casework.rules.parameters import legal_flag
from tips.models import (
    RewardScheme,
    RewardSchemeVersion,
    SchemeAssignment,
    SchemeProposal,
    SchemeWithdrawal,
)
from tips.permissions import APPROVES_SCHEMES
from tips.rules.scheme_data import one_after_another
from tips.schemes.in_force import scheme_key_for, stored_schemes
from tips.schemes.journal import record
from tips.services.propose_scheme import State, check_assigned, check_draft
from workflows.door.transaction import one_transaction
from workflows.errors import AlreadyDecided, Invalid, SecondPersonNeeded
from workflows.reasons import A_PHRASE, A_WORD, given
from workflows.rules.calendar import civil_date

APPROVE, SEND_BACK = "approve", "send_back"


def approvers(proposal: SchemeProposal, now: datetime) -> frozenset[Role]:
    """Who may approve here: any leader or the chief, or the chief alone where the region's parameter says so."""
    by_chief = legal_flag(
        "reward_scheme_by_chief", on=civil_date(now), region=proposal.bureau.parameters_region
    )
    return frozenset({Role.CHIEF}) if by_chief else APPROVES_SCHEMES


def decide_scheme(
    proposal: SchemeProposal,
    *,
    actor: Account,
    decision: str,
    answer: str,
    seen: str,
    once: str,
    now: datetime,
) -> SchemeProposal:
    """Approve what was seen, so that it holds from its day on; or send it back as a draft.

    `seen` is the moment of the handing in that the page showed: what was changed since must be read again.
    Raises: NotFound, SecondPersonNeeded, AlreadyDecided, ReasonMissing, Invalid, Repeated.
    """
    with one_transaction(once, now):
        found = _handed_in(proposal.pk, actor, now)
        if found.handed_in_at is None or found.handed_in_at.isoformat() != seen:
            raise Invalid(_("This was changed after you opened the page. Read it again."))
        if decision == SEND_BACK:
            _send_back(found, actor, answer, now)
        else:
            _approve(found, actor, answer, now)
    return found


def withdraw_version(
    version: RewardSchemeVersion, *, actor: Account, reasons: str, once: str, now: datetime
) -> SchemeWithdrawal:
    """Take back an approved version before its first day. Raises: NotFound, Invalid, ReasonMissing, Repeated."""
    reasons = given(reasons, least=A_PHRASE)
    with one_transaction(once, now):
        scheme = _locked(version.scheme_id)
        proposal = version.proposal
        if proposal is None:
            raise NotFound
        if proposal.bureau_id not in require_role(actor, approvers(proposal, now), now=now):
            raise NotFound
        if version.in_force_from <= civil_date(now):
            raise Invalid(_("This version holds already. Draft another one that follows it."))
        if SchemeWithdrawal.objects.filter(version=version).exists():
            raise AlreadyDecided
        _refuse_needed(version, scheme)
        taken_back = SchemeWithdrawal.objects.create(
            version=version, reasons=reasons, withdrawn_by=actor, withdrawn_at=now
        )
        record("reward_scheme_taken_back", scheme, actor, now, version=version.number, reasons=reasons)
    return taken_back


def _refuse_needed(version: RewardSchemeVersion, scheme: RewardScheme) -> None:
    """No bureau may be left with an assignment that no version carries on its first day. Raises: Invalid."""
    known = stored_schemes()[scheme.key]
    kept = tuple(one for one in known.versions if one.in_force_from != version.in_force_from)
    left = replace(known, versions=one_after_another(kept))
    for assigned in scheme.assignments.select_related("bureau").order_by("in_force_from", "id"):
        day = assigned.in_force_from
        is_lost = known.version_on(day) is not None and left.version_on(day) is None
        if is_lost and scheme_key_for(assigned.bureau, day) == scheme.key:
            sentence = _(
                "%(bureau)s uses this scheme from %(day)s on. Assign another scheme for that day first."
            )
            raise Invalid(sentence, bureau=assigned.bureau.name, day=day)


def _handed_in(proposal_id: int, actor: Account, now: datetime) -> SchemeProposal:
    """The proposal, locked after its scheme. Raises: NotFound, SecondPersonNeeded, AlreadyDecided."""
    known = SchemeProposal.objects.filter(pk=proposal_id).first()
    if known is None:
        raise NotFound
    _locked(known.scheme_id)
    found = SchemeProposal.objects.select_for_update(of=("self",)).select_related("scheme", "bureau")
    proposal = found.get(pk=proposal_id)
    if proposal.bureau_id not in require_role(actor, approvers(proposal, now), now=now):
        raise NotFound
    if proposal.proposed_by_id == actor.pk:
        raise SecondPersonNeeded
    if proposal.state != State.HANDED_IN:
        raise AlreadyDecided
    return proposal


def _locked(scheme_id: int) -> RewardScheme:
    """The scheme: whoever changes its versions waits here."""
    return RewardScheme.objects.select_for_update().get(pk=scheme_id)


def _send_back(proposal: SchemeProposal, actor: Account, answer: str, now: datetime) -> None:
    answer = given(answer, least=A_WORD)
    is_version = proposal.kind == SchemeProposal.Kind.VERSION
    proposal.state = State.DRAFT if is_version else State.DISCARDED
    proposal.answer = answer
    proposal.save(update_fields=["state", "answer"])
    record("reward_scheme_sent_back", proposal.scheme, actor, now, proposal=proposal.pk, reasons=answer)


def _approve(proposal: SchemeProposal, actor: Account, answer: str, now: datetime) -> None:
    proposal.state, proposal.answer = State.APPROVED, answer
    proposal.decided_by, proposal.decided_at = actor, now
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    if proposal.kind == SchemeProposal.Kind.VERSION:
        _hold(proposal, actor, now)
    else:
        _assign(proposal, actor, now)


def _hold(proposal: SchemeProposal, actor: Account, now: datetime) -> None:
    check_draft(proposal)
    latest = proposal.scheme.versions.order_by("number").last()
    version = RewardSchemeVersion.objects.create(
        scheme=proposal.scheme,
        number=latest.number + 1 if latest else 1,
        in_force_from=date.fromisoformat(proposal.data["in_force_from"]),
        data=proposal.data,
        proposal=proposal,
        drafted_by=proposal.proposed_by,
        approved_by=actor,
        approved_at=now,
    )
    facts = {"version": version.number, "in_force_from": proposal.data["in_force_from"]}
    record("reward_scheme_approved", proposal.scheme, actor, now, proposal=proposal.pk, **facts)


def _assign(proposal: SchemeProposal, actor: Account, now: datetime) -> None:
    first_day = date.fromisoformat(proposal.data["first_day"])
    check_assigned(proposal.scheme, first_day)
    SchemeAssignment.objects.create(
        bureau=proposal.bureau,
        scheme=proposal.scheme,
        in_force_from=first_day,
        proposal=proposal,
        approved_by=actor,
        approved_at=now,
    )
    facts = {"bureau": proposal.bureau_id, "in_force_from": first_day.isoformat()}
    record("reward_scheme_assigned", proposal.scheme, actor, now, proposal=proposal.pk, **facts)
