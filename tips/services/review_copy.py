"""Make the reviewed copy: what may enter the case without pointing at the tipster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casework.models import Account
from tips.models import Tip, TipFile
from tips.selectors import tip_of_run
from workflows.door.commands import command
from workflows.models import WorkItem


def review_copy(
    *,
    actor: Account,
    work_item: WorkItem,
    reviewed_copy: str,
    handed_on: Mapping[str, str],
    key: str,
    now: datetime,
) -> Tip:
    """Keep the redacted words and choose the files that go on, by id, each under a harmless name.

    Source: TH 18; REG 46.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        tip.reviewed_copy = reviewed_copy
        tip.save(update_fields=["reviewed_copy"])
        _hand_on(tip, handed_on)
        step.record("copy_reviewed", run=step.run, files=len(handed_on))
        step.complete(copy_ready=True)
    return tip


def _hand_on(tip: Tip, handed_on: Mapping[Any, str]) -> None:
    names = {str(file_id): name for file_id, name in handed_on.items()}
    files = list(tip.files.filter(state=TipFile.State.CHECKED))
    for file in files:
        file.is_handed_on = str(file.pk) in names
        file.reviewed_name = names.get(str(file.pk), "")
    TipFile.objects.bulk_update(files, ["is_handed_on", "reviewed_name"])
