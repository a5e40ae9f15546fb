"""Duties count whatever came first: who has decided may not handle, who has approved may not pay."""

import pytest

from casework.errors import OfficersRefused
from casework.models import CaseHandler
from tests.duties.doors import refused_everywhere, rows_of_ours
from tests.duties.matters import Matter
from tests.factories import casework as make
from tips.models import Payout, RewardApproval
from workflows.door.commands import command, release_item
from workflows.duties import may_hold
from workflows.errors import NotOffered
from workflows.models import DutyRecord
from workflows.now import playing

pytestmark = pytest.mark.django_db


def duties_of(matter: Matter, username: str) -> set[str]:
    """What somebody has done in the matter."""
    held = DutyRecord.objects.filter(account=matter.person(username), family=matter.family)
    return set(held.values_list("key", flat=True))


def test_who_decided_on_filing_cannot_be_appointed_as_a_handler() -> None:
    matter = Matter(handlers=("both", "handler_a"))
    matter.until("decide_filing")
    matter.does("both", "decide_filing")
    matter.until("appoint_handlers")
    before = rows_of_ours()

    with pytest.raises(OfficersRefused) as refused:
        matter.does("leader", "appoint_handlers")

    assert "周全" in str(refused.value)
    assert rows_of_ours() == before
    assert not CaseHandler.objects.exists()


def test_who_reviewed_a_case_can_never_handle_it() -> None:
    matter = Matter()
    matter.until("legal_review")
    matter.does("both", "legal_review", opinion="change", reasons="请补充证据。")

    both = matter.person("both")
    assert not may_hold(both, family_id=matter.family.pk, duty="handle", excludes=[])
    assert not may_hold(both, family_id=matter.family.pk, duty="verify", excludes=[])
    with pytest.raises(NotOffered):
        matter.does("both", "investigate", final_report="补充。")


def test_one_person_does_not_approve_a_reward_twice() -> None:
    matter = Matter()
    matter.joins("both", "chief")
    matter.until("approve_reward")
    matter.does("both", "approve_reward")

    refused_everywhere(matter, "both", "approve_reward_again")

    assert RewardApproval.objects.count() == 1


def test_who_approved_or_confirmed_the_identity_does_not_pay() -> None:
    matter = Matter()
    matter.joins("both", "identity_officer")
    matter.joins("finance", "identity_officer")
    matter.until("approve_reward")
    matter.does("both", "approve_reward")
    matter.until("confirm_identity")
    refused_everywhere(matter, "both", "confirm_identity")
    matter.does("finance", "confirm_identity")

    for username in ("both", "finance"):
        refused_everywhere(matter, username, "order_payment")

    assert not Payout.objects.exists()


def test_who_assessed_the_reward_does_not_approve_or_pay_it() -> None:
    matter = Matter()
    matter.joins("both", "reward_officer", "chief")
    matter.until("assess_reward")
    matter.does("both", "assess_reward")

    for element_id in (
        "approve_reward",
        "approve_reward_again",
        "order_payment",
        "release_payment",
        "pay_reward",
    ):
        matter.until(element_id)
        refused_everywhere(matter, "both", element_id)


def test_who_registered_the_tip_does_not_assess_its_reward() -> None:
    matter = Matter()
    matter.joins("intake", "reward_officer", "identity_officer")
    for element_id in ("assess_reward", "confirm_identity"):
        matter.until(element_id)
        refused_everywhere(matter, "intake", element_id)


def test_who_decided_the_fine_does_not_collect_it() -> None:
    matter = Matter()
    matter.until("decide_penalty")
    matter.does("both", "decide_penalty")
    matter.until("record_payments")

    refused_everywhere(matter, "both", "record_payments")


def test_a_part_of_the_work_counts_like_the_whole() -> None:
    matter = Matter()
    matter.until("record_payments")
    matter.does("both", "record_payments")
    with playing(matter.now):
        item = matter.work("record_payments")
        release_item(item, actor=matter.person("both"), key=make.key(), now=matter.now)
    matter.until("approve_closing")

    assert duties_of(matter, "both") == {"collect"}
    refused_everywhere(matter, "both", "approve_closing")


def test_a_command_that_fails_gives_no_duty() -> None:
    matter = Matter()
    item = matter.until("legal_review")

    with (
        pytest.raises(ZeroDivisionError),
        command(item, actor=matter.person("both"), key=make.key(), now=matter.now) as step,
    ):
        step.complete(opinion="agree")
        raise ZeroDivisionError

    assert duties_of(matter, "both") == set()


def test_who_drew_the_payment_up_does_not_release_it() -> None:
    matter = Matter()
    matter.until("order_payment")
    matter.does("finance", "order_payment")

    refused_everywhere(matter, "finance", "release_payment")

    matter.does("finance_b", "release_payment")
    assert matter.work("pay_reward")
