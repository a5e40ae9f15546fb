"""The demo: matters in every stage, loaded once however often the command runs."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from casework.models import Account, Bureau, Finding
from config.demo_bureau import matters
from config.demo_bureau.institutions import make_institutions
from config.demo_bureau.people import make_people
from tips.receipts.receipt_code import normalised
from tips.selectors import tip_of_code
from workflows.models import InboxEntry, Incident, JournalEntry, OutboxEntry, WorkItem
from workflows.now import now
from workflows.selectors import work_for

pytestmark = pytest.mark.slow
STAGES = {
    *("register_tip", "review_copy", "verify_lead", "decide_filing", "answer_tipster", "investigate"),
    *(
        "approve_investigation",
        "decide_transfer",
        "legal_review",
        "record_response_or_hearing",
        "hold_hearing",
    ),
    *("record_payments", "write_closing_report", "send_report", "assess_reward", "order_payment"),
}


@pytest.fixture
def loaded(transactional_db: None) -> dict[str, list[dict[str, str]]]:
    """What the command answers the first time."""
    call_command("publish_models", verbosity=0)
    return load()


def load() -> dict[str, list[dict[str, str]]]:
    out = io.StringIO()
    call_command("load_demo", "--json", stdout=out)
    answer: dict[str, list[dict[str, str]]] = json.loads(out.getvalue())
    return answer


def test_load_demo_shows_every_stage_and_repeats_nothing(loaded: dict[str, list[dict[str, str]]]) -> None:
    rows = JournalEntry.objects.count(), OutboxEntry.objects.count(), Account.objects.count()
    offered = WorkItem.objects.filter(status="open")
    days = [item.due_at - now() for item in offered if item.due_at]

    again = load()

    assert set(offered.values_list("element_id", flat=True)) >= STAGES
    assert min(days) < timedelta(0) < sorted(days)[len(days) // 3] < timedelta(days=7) < max(days)
    assert not Incident.objects.exists()
    assert not OutboxEntry.objects.filter(done_at=None).exists()
    assert not JournalEntry.objects.filter(at__gt=now()).exists()
    assert work_for(Account.objects.get(username="leader"), now()).count() >= 3
    assert again == loaded
    assert (JournalEntry.objects.count(), OutboxEntry.objects.count(), Account.objects.count()) == rows
    found = [tip_of_code(normalised(row["code"])) for row in loaded["receipt_codes"]]
    assert [tip and tip.number for tip in found] == [row["tip"] for row in loaded["receipt_codes"]]
    assert len(found) == len(matters.scenarios())


def test_load_demo_goes_on_where_it_was_broken_off(transactional_db: None) -> None:
    call_command("publish_models", verbosity=0)
    make_people()
    make_institutions(Bureau.objects.get(level=Bureau.Level.COUNTY))
    begun = matters.load_matters(now())
    for _step in range(40):
        next(begun)
    begun.close()
    assert InboxEntry.objects.get(key=matters.LOADED).answer["done"] is False

    load()

    assert set(WorkItem.objects.filter(status="open").values_list("element_id", flat=True)) >= STAGES
    assert JournalEntry.objects.filter(act="tip_received").count() == len(matters.scenarios())
    assert JournalEntry.objects.filter(act="finding_recorded").count() == Finding.objects.count()
