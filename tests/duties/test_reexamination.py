"""Who made a decision never looks at it again, and who looked at it again never makes it anew."""

from datetime import timedelta

import pytest

from casework.models import Account
from tests.factories.tips import RECEIVED, a_person, a_tip
from tests.tips.conftest import publish
from tests.tips.working import FILED, do, staff, to_decision
from tips.models import Reexamination
from tips.sealing import contents
from tips.services.reexamine import ask_reexamination
from workflows.errors import DutyConflict

pytestmark = pytest.mark.django_db
REFUSED = {"filing": "refuse", "reasons": "证据不足。"}
KEPT = {"reexamination": "kept", "reasons": "核查充分。", "answer": "维持原决定。"}
ASIDE = {"reexamination": "set_aside", "reasons": "漏看护理记录。", "answer": "重新办理。"}
LANES = ("legal_reviewer", "intake_officer", "leader")


@pytest.fixture
def people() -> dict[str, Account]:
    publish()
    found = staff()
    found["both"] = a_person("both", *LANES, "case_handler", certified=True)
    found["reviewer"] = a_person("reviewer", *LANES)
    return found


def asked(people: dict[str, Account], decider: str) -> Reexamination:
    """A tip that was not filed by the decision of one of them, about which its tipster has asked."""
    filed = a_tip()
    to_decision(people, filed.tip, verification="unsupported")
    do(people[decider], filed.tip.run, "decide_filing", REFUSED)
    do(people["intake"], filed.tip.run, "answer_tipster", {"answer": "不予立案。"})
    do(people["intake"], filed.tip.run, "archive_tip", {"is_complete": "on"})
    filed.tip.refresh_from_db()
    key = contents.content_key(filed.tip)
    now = RECEIVED + timedelta(days=1)
    return ask_reexamination(filed.tip, "漏看护理记录。", content_key=key, key="k", now=now)


def test_who_decided_does_not_look_at_it_again(people) -> None:
    request = asked(people, "both")

    with pytest.raises(DutyConflict):
        do(people["both"], request.run, "examine_decision", KEPT)


def test_who_looked_at_it_again_does_not_register_or_decide_anew(people) -> None:
    request = asked(people, "leader")
    do(people["reviewer"], request.run, "examine_decision", ASIDE)
    tip = request.tip
    tip.refresh_from_db()

    with pytest.raises(DutyConflict):
        do(
            people["reviewer"],
            tip.run,
            "register_tip",
            {"target_kind": "organisation", "jurisdiction": "accepted"},
        )
    to_decision(people, tip)
    with pytest.raises(DutyConflict):
        do(people["reviewer"], tip.run, "decide_filing", FILED)
    do(people["leader"], tip.run, "decide_filing", FILED)
    tip.refresh_from_db()
    assert tip.is_filed is True
