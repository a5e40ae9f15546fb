"""A tip that was handled, and purges of it: proposed, approved by two, waited for."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from casework.models import Account
from tests.factories.tips import PNG, RECEIVED, a_real_name_filing, a_tip
from tests.tips.working import do
from tips.files.attachments import Attachment
from tips.models import Tip, TipPurge
from tips.sealing import contents
from tips.services.file_tip import FiledTip
from tips.services.propose_purge import propose_purge
from tips.services.write_message import write_to_bureau
from workflows.background.relay import drain
from workflows.background.timers import fire_batch

YES, NO = {"purge": "approved", "reasons": "同意。"}, {"purge": "refused", "reasons": "仍需保留。"}
LATER = RECEIVED + timedelta(days=8)
DUE = RECEIVED.replace(year=RECEIVED.year + 11)


def a_handled_tip(people: Mapping[str, Account]) -> FiledTip:
    """A real-name tip with a photograph and a message, for which another authority is responsible: handled."""
    told = a_tip(a_real_name_filing(), files=[Attachment.of("现场.png", "image/png", PNG)])
    write_to_bureau(told.tip, "我还有清单", content_key=contents.content_key(told.tip), key="m", now=RECEIVED)
    run = told.tip.run
    entries = {
        "target_kind": "organisation",
        "jurisdiction": "not_a_tip",
        "jurisdiction_note": "请向市场监管部门反映。",
    }
    do(people["intake"], run, "register_tip", {"target_kind": "organisation", **entries})
    do(people["intake"], run, "answer_not_accepted", {"answer": "请向市场监管部门反映。"})
    do(people["intake"], run, "archive_tip", {"is_complete": "on"})
    told.tip.refresh_from_db()
    return told


def proposed(tip: Tip, by: Account, ground: str = "tipster", now: datetime = RECEIVED) -> TipPurge:
    return propose_purge(tip, actor=by, ground=ground, reasons="举报人要求。", key=str(uuid4()), now=now)


def approved(purge: TipPurge, people: Mapping[str, Account]) -> TipPurge:
    do(people["leader"], purge.run, "approve_purge", YES)
    do(people["chief"], purge.run, "approve_purge_again", YES)
    return purge


def waited(purge: TipPurge, now: datetime = LATER) -> TipPurge:
    fire_batch(now)
    drain(now)
    purge.refresh_from_db()
    return purge
