"""Reading tips and rewards: what an account may see, what a tipster sees, institutions to choose from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import Count, Q, QuerySet

from casework.errors import NotFound
from casework.models import Account, Bureau, Case, Institution
from casework.permissions import Role, units_of
from casework.selectors import search_institutions
from tips.models import (
    RequestForTipster,
    Reward,
    RewardGroupPermission,
    RewardUserPermission,
    Tip,
    TipGroupPermission,
    TipMessage,
    TipUserPermission,
)
from tips.permissions import SEES_ALL, RewardPermission, TipPermission, require_tip
from tips.receipts import receipt_code
from workflows.duties import lane_members_at
from workflows.models import JournalEntry, Run
from workflows.rules.calendar import civil_date

CHOICES = 12
RECEIVING_LIFE = 30


def visible_tips(account: Account, now: datetime) -> QuerySet[Tip]:
    """Tips that an account may see in the register: granted ones, all of the bureau for chief and auditor."""
    if not account.is_authenticated:
        return Tip.objects.none()
    units = units_of(account, SEES_ALL, now)
    view = {"permission__codename": TipPermission.VIEW}
    granted = TipUserPermission.objects.filter(user=account, **view).values("content_object_id")
    by_group = TipGroupPermission.objects.filter(group__user=account, **view).values("content_object_id")
    allowed = Q(pk__any_of=ArraySubquery(granted.union(by_group)))
    if units:
        allowed |= Q(bureau_id__in=units)
    return Tip.objects.filter(allowed)


def visible_tip(account: Account, tip_id: int, now: datetime) -> Tip:
    """One tip. Raises: NotFound for outsiders."""
    tip = Tip.objects.select_related("bureau", "institution", "run", "case").filter(pk=tip_id).first()
    if tip is None:
        raise NotFound
    require_tip(account, tip, TipPermission.VIEW, now=now)
    return tip


def visible_rewards(account: Account, now: datetime) -> QuerySet[Reward]:
    """Rewards that an account may see as a whole; a payer's or identity officer's grant is not enough."""
    if not account.is_authenticated:
        return Reward.objects.none()
    units = units_of(account, SEES_ALL, now)
    view = {"permission__codename": RewardPermission.VIEW}
    granted = RewardUserPermission.objects.filter(user=account, **view).values("content_object_id")
    by_group = RewardGroupPermission.objects.filter(group__user=account, **view).values("content_object_id")
    allowed = Q(pk__any_of=ArraySubquery(granted.union(by_group)))
    if units:
        allowed |= Q(bureau_id__in=units)
    return Reward.objects.filter(allowed)


def tip_of_code(code: str) -> Tip | None:
    """The tip of a receipt code, found by the code's HMAC under the pepper or an earlier one."""
    found = Tip.objects.select_related("bureau", "institution", "run", "case", "keys")
    return found.filter(receipt_digest__in=receipt_code.digests(code)).first()


def tip_of_run(run: Run) -> Tip:
    """The tip of a run, locked; the family is locked before it."""
    locked = Tip.objects.select_for_update(of=("self",)).select_related("bureau", "institution", "run")
    return locked.get(pk=run.subject_id)


def reward_of_run(run: Run) -> Reward:
    """The reward of a run, locked; the family is locked before it."""
    locked = Reward.objects.select_for_update(of=("self",)).select_related("bureau", "tip", "case")
    return locked.get(pk=run.subject_id)


def open_cases(bureau_id: int) -> QuerySet[Case]:
    """Cases of a bureau that a tip can still join."""
    found = Case.objects.filter(bureau_id=bureau_id, concluded_at=None, run__status=Run.Status.RUNNING)
    return found.order_by("-filed_on", "-id")


def tips_of_case(case: Case) -> QuerySet[Tip]:
    """The tips of a case in order of receipt; `new_facts` says what a later one added to it."""
    return case.tips.select_related("bureau", "run").order_by("received_at", "id")


def thread(tip: Tip) -> QuerySet[TipMessage]:
    """The messages of a tip, oldest first."""
    found = tip.messages.select_related("tip", "sender").prefetch_related("files")
    return found.order_by("sent_at", "id")


@dataclass(frozen=True)
class WaitingMarks:
    """What waits for an officer in the thread of a tip."""

    unread: int = 0
    asked: int = 0
    overdue: int = 0


def waiting_marks(tip_ids: Sequence[int], now: datetime) -> dict[int, WaitingMarks]:
    """Unread messages, open and overdue requests by tip: two statements for any number of tips."""
    unread = TipMessage.objects.filter(tip__in=tip_ids, is_from_tipster=True, read_at=None)
    counted = dict(unread.values_list("tip").annotate(n=Count("pk")).order_by())
    awaited = RequestForTipster.objects.filter(tip__in=tip_ids, answered_at=None, withdrawn_at=None)
    late = Count("pk", filter=Q(due_on__lt=civil_date(now)))
    asked = {tip: (n, over) for tip, n, over in awaited.values_list("tip").annotate(n=Count("pk"), late=late)}
    return {
        tip: WaitingMarks(counted.get(tip, 0), *asked.get(tip, (0, 0)))
        for tip in counted.keys() | asked.keys()
    }


def tip_journal(tip: Tip) -> QuerySet[JournalEntry]:
    """What happened with a tip, oldest first: steps and looks."""
    entries = JournalEntry.objects.filter(subject_kind="tip", subject_id=tip.pk)
    return entries.select_related("actor").order_by("id")


def receiving_bureaus(now: datetime) -> list[Bureau]:
    """Bureaus that citizens may turn to: those with somebody who takes reports in, or else all.

    Every public page shows them, so each process asks twice a minute at most: a new one may be shown that late.
    """
    found: Any = caches["in_process"].get_or_set("receiving", lambda: _receiving(now), RECEIVING_LIFE)
    return list(found)


def _receiving(now: datetime) -> list[Bureau]:
    staffed = lane_members_at(now).filter(lane=Role.INTAKE_OFFICER).values("unit_id")
    found = Bureau.objects.order_by("region_code", "id")
    return list(found.filter(pk__in=staffed)) or list(found)


def bureau_for(institution: Institution, receiving: Collection[Bureau]) -> Bureau:
    """Where a report about an institution goes: its own bureau, or the next one above that takes reports in."""
    bureau: Bureau | None = institution.bureau
    while bureau is not None and bureau not in receiving:
        bureau = bureau.superior
    return bureau or institution.bureau


def institutions_like(words: str) -> list[Institution]:
    """Institutions for a tipster to choose from: name contains the words."""
    found = search_institutions(words.strip()[:60])
    return list(found.filter(is_active=True).select_related("bureau").order_by("sort_key")[:CHOICES])
