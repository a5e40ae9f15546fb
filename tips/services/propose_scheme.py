"""Propose a reward scheme: draft a version or an assignment, hand it in, discard it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.permissions import require_role
from casework.rule_sentences import in_words
from tips.errors import NotYourDraft
from tips.models import RewardScheme, SchemeProposal
from tips.permissions import PROPOSES_SCHEMES, may_change_scheme
from tips.rules.scheme_check import problems
from tips.schemes.in_force import stored_schemes
from tips.schemes.journal import record
from workflows.door.transaction import one_transaction
from workflows.errors import AlreadyDecided, Invalid

Kind, State = SchemeProposal.Kind, SchemeProposal.State


def open_scheme(
    *, actor: Account, bureau: Bureau, key: str, title: str, title_zh: str, once: str, now: datetime
) -> RewardScheme:
    """Name a scheme of the bureau's own; it holds nothing until its first version is approved.

    Raises: NotFound, Invalid, Repeated.
    """
    require_role_in(actor, bureau, now)
    with one_transaction(once, now):
        if RewardScheme.objects.filter(key=key).exists():
            raise Invalid(_("There is a scheme with this short name."), "key")
        scheme = RewardScheme.objects.create(
            key=key,
            title=title,
            title_zh=title_zh,
            region_code=bureau.region_code,
            bureau=bureau,
            created_at=now,
        )
        record("reward_scheme_named", scheme, actor, now)
    return scheme


def draft_version(
    *, actor: Account, bureau: Bureau, scheme: RewardScheme, data: Mapping[str, Any], once: str, now: datetime
) -> SchemeProposal:
    """Begin a draft for the next version of a scheme. Raises: NotFound, Repeated."""
    require_role_in(actor, bureau, now)
    if not may_change_scheme(scheme, bureau):
        raise NotFound
    return _begin(Kind.VERSION, scheme, bureau, data, "", actor, once, now)


def propose_assignment(
    *,
    actor: Account,
    bureau: Bureau,
    scheme: RewardScheme,
    first_day: date,
    remark: str,
    once: str,
    now: datetime,
) -> SchemeProposal:
    """Propose that the bureau uses a scheme from a day on; it waits for approval at once.

    Raises: NotFound, Invalid, Repeated.
    """
    require_role_in(actor, bureau, now)
    check_assigned(scheme, first_day)
    data = {"first_day": first_day.isoformat()}
    return _begin(Kind.ASSIGNMENT, scheme, bureau, data, remark, actor, once, now)


def save_draft(
    proposal: SchemeProposal, *, actor: Account, data: Mapping[str, Any], remark: str, now: datetime
) -> SchemeProposal:
    """Keep what was written so far, right or wrong. Raises: NotFound, AlreadyDecided."""
    with one_transaction(f"scheme-draft:{proposal.pk}:{actor.pk}:{now.isoformat()}", now):
        mine = own_draft(proposal.pk, actor, now)
        mine.data, mine.remark = dict(data), remark
        mine.save(update_fields=["data", "remark"])
    return mine


def hand_in(proposal: SchemeProposal, *, actor: Account, once: str, now: datetime) -> SchemeProposal:
    """Put a draft without errors before whoever approves. Raises: NotFound, AlreadyDecided, Invalid, Repeated."""
    with one_transaction(once, now):
        mine = own_draft(proposal.pk, actor, now)
        check_draft(mine)
        mine.state, mine.handed_in_at = State.HANDED_IN, now
        mine.save(update_fields=["state", "handed_in_at"])
        record("reward_scheme_handed_in", mine.scheme, actor, now, proposal=mine.pk)
    return mine


def discard(proposal: SchemeProposal, *, actor: Account, once: str, now: datetime) -> None:
    """Give a draft up; it stays as discarded. Raises: NotFound, AlreadyDecided, Repeated."""
    with one_transaction(once, now):
        mine = own_draft(proposal.pk, actor, now)
        mine.state = State.DISCARDED
        mine.save(update_fields=["state"])
        record("reward_scheme_discarded", mine.scheme, actor, now, proposal=mine.pk)


def check_draft(proposal: SchemeProposal) -> None:
    """Refuse what is wrong in itself or begins before an approved version. Raises: Invalid."""
    for problem in problems(proposal.data):
        raise Invalid(in_words(problem.text).replace("%", "%%"), problem.place)
    first_day = date.fromisoformat(proposal.data["in_force_from"])
    known = stored_schemes().get(proposal.scheme.key)
    if known and first_day <= known.versions[-1].in_force_from:
        raise Invalid(
            _("Versions must not overlap: this one must begin after %(day)s, when the last one begins."),
            "in_force_from",
            day=known.versions[-1].in_force_from,
        )


def check_assigned(scheme: RewardScheme, first_day: date) -> None:
    """Refuse a scheme that says nothing on the day from which it would be used. Raises: Invalid."""
    known = stored_schemes().get(scheme.key)
    if known is None or known.version_on(first_day) is None:
        raise Invalid(_("The scheme has no approved version that holds on this day."), "first_day")


def own_draft(proposal_id: int, actor: Account, now: datetime) -> SchemeProposal:
    """The actor's own draft, locked: whoever had a hand in it could not approve it.

    Raises: NotFound, NotYourDraft, AlreadyDecided.
    """
    found = SchemeProposal.objects.select_for_update(of=("self",)).select_related("scheme", "bureau")
    mine = found.filter(pk=proposal_id).first()
    if mine is None:
        raise NotFound
    require_role_in(actor, mine.bureau, now)
    if mine.proposed_by_id != actor.pk:
        raise NotYourDraft
    if mine.state != State.DRAFT:
        raise AlreadyDecided
    return mine


def require_role_in(actor: Account, bureau: Bureau, now: datetime) -> None:
    """Only officials of that bureau who propose schemes. Raises: NotFound."""
    if bureau.pk not in require_role(actor, PROPOSES_SCHEMES, now=now):
        raise NotFound


def _begin(
    kind: str,
    scheme: RewardScheme,
    bureau: Bureau,
    data: Mapping[str, Any],
    remark: str,
    actor: Account,
    once: str,
    now: datetime,
) -> SchemeProposal:
    is_handed_in = kind == Kind.ASSIGNMENT
    with one_transaction(once, now):
        proposal = SchemeProposal.objects.create(
            kind=kind,
            scheme=scheme,
            bureau=bureau,
            data=dict(data),
            remark=remark,
            state=State.HANDED_IN if is_handed_in else State.DRAFT,
            proposed_by=actor,
            proposed_at=now,
            handed_in_at=now if is_handed_in else None,
        )
        act = "reward_scheme_wanted" if is_handed_in else "reward_scheme_drafted"
        record(act, scheme, actor, now, proposal=proposal.pk)
    return proposal
