"""Register a tip and decide on jurisdiction."""

from dataclasses import dataclass
from datetime import datetime

from casework.models import Account, Bureau, Institution
from tips.errors import WrongReferral
from tips.models import RegisterEntry, Tip
from tips.register.entries import current_entry, receivers
from tips.register.referral_letters import issue_referral_letter
from tips.rules import jurisdiction as rules
from tips.selectors import tip_of_run
from workflows.door.commands import Step, command
from workflows.models import WorkItem

ANSWERS = {rules.ACCEPTED: True, rules.NOT_A_TIP: False, rules.OTHER_DEPARTMENT: False}


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What the intake officer found; `note` says whom the tipster can turn to, or why the tip goes elsewhere.

    `summary` goes to the other authority and, like the note, shows nothing of who reported.
    """

    jurisdiction: str
    target_kind: str
    institution: Institution | None = None
    matters: tuple[str, ...] = ()
    note: str = ""
    summary: str = ""
    referred_to: Bureau | None = None
    authority: str = ""


def register_tip(
    *, actor: Account, work_item: WorkItem, registration: Registration, key: str, now: datetime
) -> Tip:
    """Confirm whom the tip is about and who may act: this bureau, another bureau, another department, nobody.

    Document: 移送函 to another department; the letter within the system is issued when the tip is handed over.
    Raises: WrongReferral. Source: TH 6–11, 25; PP 9–12.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        entry = current_entry(tip)
        _refuse_closed_ways(entry, registration)
        _keep_on_tip(tip, registration)
        _keep_on_entry(entry, registration, step)
        answer = registration.jurisdiction
        if answer == rules.OTHER_DEPARTMENT:
            issue_referral_letter(step, step.run, tip, entry, actor=actor)
        step.record("tip_registered", run=step.run, jurisdiction=answer)
        step.complete(jurisdiction=answer)
    return tip


def _refuse_closed_ways(entry: RegisterEntry, registration: Registration) -> None:
    if registration.jurisdiction not in rules.open_answers(entry.came_as):
        raise WrongReferral
    if registration.jurisdiction == rules.REFERRED:
        receiver = registration.referred_to
        if receiver is None or not receivers(entry).filter(pk=receiver.pk).exists():
            raise WrongReferral


def _keep_on_tip(tip: Tip, registration: Registration) -> None:
    tip.is_accepted = ANSWERS.get(registration.jurisdiction)
    tip.target_kind, tip.institution = registration.target_kind, registration.institution
    tip.matters = list(registration.matters)
    tip.jurisdiction_note = registration.note if tip.is_accepted is False else ""
    tip.save(update_fields=["is_accepted", "target_kind", "institution", "matters", "jurisdiction_note"])


def _keep_on_entry(entry: RegisterEntry, registration: Registration, step: Step) -> None:
    entry.target_kind, entry.institution = registration.target_kind, registration.institution
    entry.matters = list(registration.matters)
    entry.jurisdiction = registration.jurisdiction
    entry.registered_at, entry.registered_by = step.now, step.actor
    entry.authority, entry.summary = registration.authority, registration.summary
    if registration.jurisdiction == rules.DISPUTED:
        entry.disputed_at, entry.dispute_reasons = step.now, registration.note
    else:
        entry.reasons = registration.note
    if registration.jurisdiction == rules.REFERRED:
        entry.referred_to = registration.referred_to
    entry.save()
