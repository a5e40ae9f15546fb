"""Which tips are due for a purge, which proposals are under way, and objects that are removed later."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework import storage
from casework.errors import ObjectMissing, StoreDown
from casework.models import Account
from config.celery import app
from tests.factories.tips import RECEIVED, a_tip
from tests.tips.purging import DUE, LATER, NO, a_handled_tip, approved, proposed, waited
from tests.tips.working import do
from tips.errors import PurgeRefused
from tips.models import PurgedObject, Tip, TipHold, TipPurge
from tips.purging.access import due_tips
from tips.purging.keeping import last_day_of_keeping
from tips.purging.objects import remove_due
from tips.services.file_tip import FiledTip
from tips.services.hold_tip import set_hold
from tips.services.propose_purge import withdraw_purge
from tips.tasks import remove_purged_objects as job
from tips.views.purging import state_of
from workflows.models import Run
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def filed(people: Mapping[str, Account]) -> FiledTip:
    return a_handled_tip(people)


def test_a_tip_that_was_not_accepted_falls_due_as_one_that_was_archived_does(people, filed) -> None:
    other = a_tip().tip
    Tip.objects.filter(pk=other.pk).update(archived_at=RECEIVED - timedelta(days=1))
    a_tip()
    last = last_day_of_keeping(filed.tip)
    assert last is not None

    before = due_tips(people["intake"], RECEIVED.replace(year=last.year, month=last.month, day=last.day))
    after = due_tips(people["intake"], DUE)

    assert filed.tip not in before
    assert after == [other, filed.tip]
    with playing(DUE):
        page = Client(headers={"accept-language": "en"})
        page.force_login(people["intake"])
        assert filed.tip.number in page.get(reverse("tips:purges")).content.decode()


def test_one_that_is_proposed_or_held_is_not_due_until_that_is_over(people, filed) -> None:
    def due() -> bool:
        return filed.tip in due_tips(people["auditor"], DUE)

    lifted = TipHold.objects.create(
        tip=filed.tip, reasons="x", set_by=people["leader"], set_at=RECEIVED, lifted_at=RECEIVED
    )
    ended = proposed(filed.tip, people["intake"], now=DUE)
    do(people["leader"], ended.run, "approve_purge", NO)
    assert due()
    running = proposed(filed.tip, people["intake"], now=DUE)
    assert not due()
    withdraw_purge(running, actor=people["leader"], key="w", now=DUE)
    assert due()
    TipHold.objects.create(tip=filed.tip, reasons="x", set_by=people["leader"], set_at=RECEIVED)
    assert not due() and lifted.lifted_at


def test_what_was_taken_back_during_approval_is_not_under_way(people, filed) -> None:
    early = proposed(filed.tip, people["intake"])
    withdraw_purge(early, actor=people["leader"], key="w", now=RECEIVED)
    with playing(RECEIVED):
        page = Client(headers={"accept-language": "en"})
        page.force_login(people["intake"])
        shown = page.get(reverse("tips:purge", args=[filed.tip.pk])).content.decode()

    again = proposed(filed.tip, people["intake"])
    set_hold(filed.tip, actor=people["auditor"], reasons="诉讼需要", key="h", now=LATER)

    early.refresh_from_db()
    again.refresh_from_db()
    assert (early.withdrawn_by, early.withdrawn_at) == (people["leader"], RECEIVED)
    assert (again.withdrawn_by, again.withdrawn_at) == (people["auditor"], LATER)
    assert "Propose to destroy the content" in shown
    with pytest.raises(PurgeRefused):
        withdraw_purge(early, actor=people["intake"], key="w2", now=LATER)


@pytest.mark.parametrize(("status", "word"), [("suspended", "suspended"), ("cancelled", "cancelled")])
def test_a_proposal_whose_run_stands_or_was_ended_is_not_called_refused(people, filed, status, word) -> None:
    purge = proposed(filed.tip, people["intake"])
    Run.objects.filter(pk=purge.run_id).update(
        status=status, ended_at=LATER if status == "cancelled" else None
    )

    with translation.override("en"):
        assert state_of(TipPurge.objects.select_related("run").get())[0] == word


def test_an_object_without_a_lock_is_removed_and_others_wait(people, filed) -> None:
    stored = storage.put("tips/unlocked", BytesIO(b"noise"), 5, media_type="application/octet-stream")
    purge = waited(approved(proposed(filed.tip, people["intake"]), people))
    PurgedObject.objects.create(purge=purge, object_key="tips/unlocked", due_at=LATER)

    assert remove_due(LATER) == (1, 0)

    with pytest.raises(ObjectMissing):
        storage.get("tips/unlocked", stored.version_id)
    out = StringIO()
    call_command("remove_purged_objects", "--json", stdout=out)
    assert '"waiting": 1' in out.getvalue()


def test_the_beat_removes_them_and_a_store_that_is_away_is_met_the_next_time(
    people, filed, monkeypatch
) -> None:
    stored = storage.put("tips/unlocked", BytesIO(b"noise"), 5, media_type="application/octet-stream")
    purge = waited(approved(proposed(filed.tip, people["intake"]), people))
    row = PurgedObject.objects.create(purge=purge, object_key="tips/unlocked", due_at=LATER)
    assert job.name in {entry["task"] for entry in app.conf.beat_schedule.values()}

    with monkeypatch.context() as away, playing(LATER):
        away.setattr(storage, "versions", unreachable)
        assert job() == 0
    with playing(LATER):
        assert job() == 1

    row.refresh_from_db()
    assert row.removed_at == LATER
    with pytest.raises(ObjectMissing):
        storage.get("tips/unlocked", stored.version_id)


def unreachable(_key: str) -> None:
    raise StoreDown
