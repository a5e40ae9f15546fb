"""Questionnaires: those that come with the product, drafts of officers, and the decision of a leader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.permissions import Role, units_of
from tips.models import Questionnaire
from tips.rules.questionnaire import BadQuestionnaire, read_questions
from tips.words import TARGETS
from workflows import journal
from workflows.errors import Invalid
from workflows.rules.calendar import civil_date

SHIPPED = Path(__file__).parent.parent / "rules" / "data" / "questionnaires"
DRAFTS = frozenset({Role.INTAKE_OFFICER})
DECIDES = frozenset({Role.LEADER, Role.CHIEF})
State = Questionnaire.State


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A version as somebody writes it."""

    target_kind: str
    valid_from: date
    content: Mapping[str, Any]


def load_shipped(now: datetime) -> int:
    """Enter the national versions that come with the product and are not there yet; how many were new."""
    return load_files(sorted(SHIPPED.glob("*.yaml")), now)


def load_files(paths: Iterable[Path], now: datetime) -> int:
    """Enter versions from files, all or none; how many were new. Raises: BadQuestionnaire."""
    with transaction.atomic():
        return sum(_load(yaml.safe_load(path.read_text(encoding="utf-8")), now) for path in paths)


def checked(content: Any) -> dict[str, Any]:
    """Content in its one form. Raises: Invalid with the sentence."""
    try:
        return read_questions(content).as_json()
    except BadQuestionnaire as refusal:
        raise Invalid(refusal.text.render(gettext)) from refusal


def draft_questionnaire(draft: Draft, *, bureau: Bureau, actor: Account, now: datetime) -> Questionnaire:
    """A new version for the bureau's region, which waits for a leader. Raises: NotFound, Invalid."""
    _require(actor, bureau.pk, DRAFTS, now)
    if draft.target_kind not in TARGETS:
        raise Invalid(_("Name a kind of target."))
    region = region_of(bureau)
    with transaction.atomic():
        Bureau.objects.select_for_update().get(pk=bureau.pk)
        made = Questionnaire.objects.create(
            target_kind=draft.target_kind,
            region_code=region,
            version=_next_version(draft.target_kind, region),
            valid_from=draft.valid_from,
            content=checked(draft.content),
            state=State.PROPOSED,
            bureau=bureau,
            drafted_by=actor,
            drafted_at=now,
        )
        _note("questionnaire_drafted", made, actor, now)
    return made


def decide_questionnaire(
    questionnaire: Questionnaire, *, approved: bool, reasons: str, actor: Account, now: datetime
) -> Questionnaire:
    """A leader approves or refuses; nobody decides on an own draft. Raises: NotFound, Invalid."""
    _require(actor, questionnaire.bureau_id, DECIDES, now)
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if locked.state != State.PROPOSED:
            raise Invalid(_("This version was decided on already."))
        if locked.drafted_by_id == actor.pk:
            raise Invalid(_("Whoever wrote the draft does not approve it; another leader decides."))
        if approved and locked.valid_from < civil_date(now):
            raise Invalid(_("It cannot be valid from a day that has passed; refuse it and draft it anew."))
        if not approved and not reasons.strip():
            raise Invalid(_("Give reasons for refusing."))
        locked.state = State.APPROVED if approved else State.REFUSED
        locked.decided_by, locked.decided_at, locked.decision_reasons = actor, now, reasons
        locked.save(update_fields=["state", "decided_by", "decided_at", "decision_reasons"])
        _note("questionnaire_decided", locked, actor, now, approved=approved)
    return locked


def region_of(bureau: Bureau) -> str:
    """The beginning of the division code that its whole region shares: pairs of zeros at the end stand for all."""
    code = bureau.region_code
    while code.endswith("00"):
        code = code[:-2]
    return code


def _load(read: dict[str, Any], now: datetime) -> bool:
    where = {"target_kind": read["target_kind"], "region_code": read["region"], "version": read["version"]}
    content = {"title": read["title"], "questions": read["questions"]}
    _made, is_new = Questionnaire.objects.get_or_create(
        **where,
        defaults={
            "valid_from": read["valid_from"],
            "content": read_questions(content).as_json(),
            "state": State.APPROVED,
            "drafted_at": now,
        },
    )
    return is_new


def _next_version(target_kind: str, region: str) -> int:
    same = Questionnaire.objects.filter(target_kind=target_kind, region_code=region)
    return int(same.aggregate(last=Max("version"))["last"] or 0) + 1


def _require(actor: Account, bureau_id: int | None, roles: frozenset[Role], now: datetime) -> None:
    if bureau_id is None or bureau_id not in units_of(actor, roles, now):
        raise NotFound


def _note(act: str, made: Questionnaire, actor: Account, now: datetime, **details: Any) -> None:
    journal.record(
        act, now=now, actor=actor, subject=("questionnaire", made.pk), version=str(made), **details
    )
