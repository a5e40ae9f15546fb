"""Write the bureau's answer to a tipster."""

from datetime import datetime

from casework.models import Account
from tips.coming_back import messages
from tips.models import AnswerDelivery, TipMessage
from tips.sealing import contents
from tips.selectors import tip_of_run
from tips.services.note_telling import Telling, note_telling
from workflows.door.commands import command
from workflows.models import WorkItem


def answer_tipster(
    *,
    actor: Account,
    work_item: WorkItem,
    answer: str,
    telling: Telling | None = None,
    key: str,
    now: datetime,
) -> TipMessage:
    """Seal the answer into the thread; the run's next step lets the tipster know, or a person has.

    Raises: TellingMissing for a real name whom no machine reaches. Source: TH 9–12.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        message = messages.post(
            tip,
            answer,
            key=f"answer:{work_item.pk}",
            now=now,
            content_key=contents.content_key(tip),
            sender=actor,
        )
        note_telling(step, tip, AnswerDelivery.About.ANSWER, telling)
        step.record("answer_written", run=step.run)
        step.complete()
    return message
