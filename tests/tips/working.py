"""People at work on tips and rewards, through the same task pages that officers use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from casework.models import Account
from casework.task_pages import perform_task
from tests.factories.tips import RECEIVED, a_person
from workflows.background.relay import drain
from workflows.models import Run, WorkItem

WORDS = "医院在患者出院后仍记录理疗费用。"


def open_item(run: Run, element_id: str) -> WorkItem:
    """The one open work item of that element."""
    return WorkItem.objects.select_related("run").get(run=run, element_id=element_id, status="open")


def do(
    actor: Account, run: Run, element_id: str, data: Mapping[str, Any], now: datetime = RECEIVED
) -> WorkItem:
    """Do one piece of work and everything that follows by itself."""
    item = open_item(run, element_id)
    perform_task(actor=actor, item=item, data=data, key=str(uuid4()), now=now)
    drain(now)
    return item


def staff() -> dict[str, Account]:
    """One person for each lane, two certified case handlers."""
    lanes = ("leader", "chief", "reward_officer", "identity_officer", "finance", "auditor")
    people = {lane: a_person(lane, lane) for lane in lanes}
    people["finance_b"] = a_person("finance_b", "finance")
    people["intake"] = a_person("intake", "intake_officer")
    people["handler"] = a_person("handler", "case_handler", certified=True)
    people["second"] = a_person("second", "case_handler", certified=True)
    return people


REGISTERED = {"target_kind": "organisation", "jurisdiction": "accepted"}
FILED = {
    "filing": "file",
    "reasons": "线索有据",
    "cause": "涉嫌虚记医疗服务项目案",
    "has_identified_suspect": "on",
    "is_punishable_conduct": "on",
    "is_own_jurisdiction": "on",
    "articles": ["38"],
}


def to_decision(people: Mapping[str, Account], tip: Any, *, verification: str = "supported") -> None:
    """From the intake to the leader's desk."""
    code = tip.institution.code if tip.institution else ""
    do(people["intake"], tip.run, "register_tip", {**REGISTERED, "institution_code": code})
    do(people["intake"], tip.run, "review_copy", {"reviewed_copy": WORDS})
    officers = [people["handler"].officer.pk, people["second"].officer.pk]
    do(people["leader"], tip.run, "assign_verifiers", {"officers": officers, "is_recusal_checked": "on"})
    record = {"verification_record": "调取了收费记录。", "verification": verification}
    do(people["handler"], tip.run, "verify_lead", record)
