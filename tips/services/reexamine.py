"""A tipster asks to have a decision looked at again; an officer who had no part in it answers."""

from datetime import datetime

from casework.models import Account
from tips.coming_back import messages
from tips.coming_back.reexaminations import About, Outcome, decision_of
from tips.errors import NothingToReexamine, StillOpen
from tips.models import Reexamination, Reward, Tip
from tips.sealing import contents
from workflows.door.commands import command, matter_of, start_run
from workflows.models import Run, WorkItem
from workflows.rules.calendar import civil_date

PROCESS = "tip_reexamination"


def ask_reexamination(tip: Tip, text: str, *, content_key: bytes, key: str, now: datetime) -> Reexamination:
    """Begin the run in which somebody else looks at the decision. Raises: NothingToReexamine, Repeated.

    The words go into the thread, sealed as every message. Source: TH 12 (that the answer can be contested is ours).
    """
    full_key = f"reexamination:{key}"
    with matter_of(tip.leading_run, actor=None, key=full_key, now=now, agent="tipster") as act:
        tip = (
            Tip.objects.select_for_update(of=("self",)).select_related("run", "keys", "bureau").get(pk=tip.pk)
        )
        decision = decision_of(tip)
        if decision is None:
            raise NothingToReexamine
        asked = Reexamination.objects.create(
            tip=tip,
            about=decision.about,
            decided_at=decision.decided_at,
            decided_by=decision.decided_by,
            decision_reasons=decision.reasons,
            asked_at=now,
            words=messages.post(
                tip, text, key=full_key, now=now, content_key=content_key, is_from_tipster=True
            ),
        )
        asked.run = start_run(
            act,
            PROCESS,
            subject=("reexamination", asked.pk),
            business_key=tip.register_number,
            unit_id=tip.bureau_id,
            data={
                "reexamination_id": asked.pk,
                "about": str(decision.about),
                "asked_on": civil_date(now).isoformat(),
            },
        )
        asked.save(update_fields=["run"])
        act.record("reexamination_asked", subject=("tip", tip.pk), about=str(decision.about))
    return asked


def examine_decision(
    *,
    actor: Account,
    work_item: WorkItem,
    reexamination: str,
    reasons: str,
    answer: str,
    key: str,
    now: datetime,
) -> Reexamination:
    """Keep the decision or set it aside, with reasons for the file and an answer for the tipster.

    Raises: StillOpen when a decision is set aside whose own process has not ended. Source: PP 5; TH 12.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        locked = Reexamination.objects.select_for_update(of=("self",))
        asked = locked.select_related("tip__run", "tip__keys", "tip__bureau").get(pk=step.run.subject_id)
        if reexamination == Outcome.SET_ASIDE and decided_run(asked).status != Run.Status.ENDED:
            raise StillOpen
        asked.outcome, asked.reasons = reexamination, reasons
        asked.examined_by, asked.examined_at = actor, now
        asked.save(update_fields=["outcome", "reasons", "examined_by", "examined_at"])
        messages.post(
            asked.tip,
            answer,
            key=f"reexamined:{asked.pk}",
            now=now,
            content_key=contents.content_key(asked.tip),
            sender=actor,
        )
        step.record("reexamined", subject=("tip", asked.tip_id), about=asked.about, outcome=reexamination)
        step.complete(reexamination=reexamination)
    return asked


def decided_run(asked: Reexamination) -> Run:
    """The run in which the decision was made."""
    if asked.about == About.REWARD:
        return Reward.objects.select_related("run").get(tip=asked.tip).leading_run
    return asked.tip.leading_run
