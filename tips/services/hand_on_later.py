"""Hand on to the case what the tipster sent after the reviewed copy was made."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from casework.models import Account, Case
from tips.files.errors import CaseIsOver, HandedOnAlready
from tips.models import Tip, TipFile
from tips.permissions import TipPermission, require_tip
from workflows.door.commands import matter_of
from workflows.rules.calendar import civil_date


def hand_on_later(
    tip: Tip, *, handed_on: Mapping[str, str], added: str, actor: Account, key: str, now: datetime
) -> None:
    """Let checked files follow into the case, by id under harmless names, and redacted words into the reviewed copy.

    Raises: NotFound, CaseIsOver, HandedOnAlready, Repeated. Source: TH 18; REG 46.
    """
    require_tip(actor, tip, TipPermission.OPEN_WORDS, now=now)
    with matter_of(tip.leading_run, actor=actor, key=f"hand_on_later:{key}", now=now) as act:
        held = (
            Tip.objects.select_for_update(of=("self",)).select_related("case", "run", "keys").get(pk=tip.pk)
        )
        if not may_hand_on_later(held):
            raise CaseIsOver
        files = list(waiting_files(held).filter(pk__in=handed_on))
        if len(files) < len(handed_on):
            raise HandedOnAlready
        for file in files:
            file.is_handed_on, file.reviewed_name = True, handed_on[str(file.pk)]
        TipFile.objects.bulk_update(files, ["is_handed_on", "reviewed_name"])
        if added:
            _add_words(held, f"\n\n{civil_date(now).isoformat()}\n{added}")
        act.record("handed_on_later", run=held.run, files=len(files))
        assert held.case is not None, "nothing follows without a case"
        act.record("report_followed", run=held.case.run, files=len(files))
        payload = {"tip": held.pk, "by": actor.pk}
        act.send("tips.hand_on_files", key=f"hand_on:{held.pk}:{key}", payload=payload, run=held.run)


def _add_words(tip: Tip, words: str) -> None:
    """To the reviewed copy, and to what the case began with, where its handlers read it."""
    Tip.objects.filter(pk=tip.pk).update(reviewed_copy=Concat("reviewed_copy", Value(words)))
    Case.objects.filter(tips=tip).update(summary=Concat("summary", Value(words)))


def waiting_files(tip: Tip) -> QuerySet[TipFile]:
    """Checked files of the tipster that are not in the case."""
    return tip.files.filter(is_from_tipster=True, is_handed_on=False, state=TipFile.State.CHECKED)


def files_under_check(tip: Tip) -> QuerySet[TipFile]:
    """Files of the tipster that can follow when they were found harmless."""
    return tip.files.filter(is_from_tipster=True, state__in=(TipFile.State.AWAITED, TipFile.State.RECEIVED))


def may_hand_on_later(tip: Tip) -> bool:
    """Whether there is an open case that something could follow into, and something left to follow."""
    return tip.case is not None and tip.case.concluded_at is None and tip.keys.destroyed_at is None
