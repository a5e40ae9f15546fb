"""Taking stock after the load: what was accepted must be there, whole."""

import hashlib
import time
from typing import Any

from benchmarks.tip_senders import Sent
from faults.browser import Browser, GaveUp, Network, plain
from faults.house import House
from tips.files import attachments
from tips.models import Tip, TipFile
from tips.receipts import receipt_code
from tips.sealing import contents
from tips.selectors import tip_of_code
from workflows.models import Incident, OutboxEntry, WorkItem

PATIENCE = 600


def wait_until_settled(sent: list[Sent]) -> float:
    """Wait until the background work is done; seconds that it took."""
    begin = time.monotonic()
    while OutboxEntry.objects.filter(done_at=None).exists() and time.monotonic() - begin < PATIENCE:
        time.sleep(1)
    return time.monotonic() - begin


def loss_of(sent: list[Sent], house: House) -> dict[str, Any]:
    """Counts of what was accepted and is not there, after the senders of awaited files sent them again."""
    accepted = [one for one in sent if one.code]
    _send_awaited_again([one for one in accepted if one.is_file_awaited], house)
    found = {one.number: tip_of_code(receipt_code.normalised(one.code)) for one in accepted}
    tips = [tip for tip in found.values() if tip]
    return {
        "refused_in_the_end": len(sent) - len(accepted),
        "accepted_and_lost": len(accepted) - len(tips),
        "tips_nobody_was_told_of": Tip.objects.count() - len({tip.pk for tip in tips}),
        "without_work_item": len(tips) - WorkItem.objects.filter(element_id="register_tip").count(),
        "files_lost_or_different": sum(not _is_whole(one, found[one.number]) for one in accepted),
        "incidents": Incident.objects.filter(resolved_at=None).count(),
        "outbox_left": OutboxEntry.objects.filter(done_at=None).count(),
    }


def _send_awaited_again(awaited: list[Sent], house: House) -> None:
    network = Network(house.webs)
    for one in awaited:
        browser = Browser(network)
        let_in = browser.post("/follow/", {"code": one.code})
        if let_in.status != 302:
            raise GaveUp(f"a right code was refused ({let_in.status}): {plain(let_in.text)[:300]}")
        key = browser.get("/follow/report/").value("key")
        browser.post_files("/follow/files/", {"key": key}, [("清单.jpg", one.file, "image/jpeg")])


def _is_whole(one: Sent, tip: Tip | None) -> bool:
    if tip is None:
        return False
    key = contents.content_key(tip)
    stored = tip.files.filter(state=TipFile.State.CHECKED)
    return [_sha256(file, key) for file in stored] == [one.sha256]


def _sha256(file: TipFile, key: bytes) -> str:
    digest = hashlib.sha256()
    for part in attachments.stream(file, key):
        digest.update(part)
    return digest.hexdigest()
