"""The investigator of a matter cannot review, approve or pay it: not the case, not the reward that came of it.

`both` of the demo bureau handles cases and also sits in the lanes of reviewer, leader and finance.
"""

import pytest
from django.urls import reverse

from casework.models import CaseUserPermission
from tests.duties.doors import Attempt, refused_everywhere
from tests.duties.matters import Matter
from tests.factories import casework as make
from tips.models import RewardUserPermission
from workflows.errors import DutyConflict
from workflows.models import DutyRecord
from workflows.now import playing

pytestmark = pytest.mark.django_db

CLOSED_IN_THE_CASE = (
    "approve_investigation", "legal_review", "decide_penalty", "record_payments", "approve_closing", "send_report",
)  # fmt: skip
CLOSED_IN_THE_REWARD = (
    "assess_reward", "approve_reward", "approve_reward_again", "confirm_identity",
    "order_payment", "release_payment", "pay_reward",
)  # fmt: skip
OTHER_LANES = ("chief", "hearing_chair", "reward_officer", "identity_officer", "intake_officer")


def refused_all_the_way(matter: Matter, *element_ids: str) -> None:
    """Walk the matter; before each of the tasks `both` tries every door to it."""
    matter.joins("both", *OTHER_LANES)
    for element_id in element_ids:
        matter.until(element_id)
        refused_everywhere(matter, "both", element_id)


def test_who_handled_the_case_may_not_review_approve_or_pay_anything_of_it() -> None:
    matter = Matter(handlers=("both", "handler_a"))

    refused_all_the_way(matter, *CLOSED_IN_THE_CASE, *CLOSED_IN_THE_REWARD)

    keys = DutyRecord.objects.filter(account=matter.person("both")).values_list("key", flat=True)
    assert set(keys) == {"handle", "report"}
    assert not RewardUserPermission.objects.filter(user=matter.person("both")).exists()


def test_a_handler_who_was_only_appointed_and_has_done_nothing_yet_is_refused_as_well() -> None:
    matter = Matter(handlers=("handler_a", "both"))

    refused_all_the_way(matter, "approve_investigation", "legal_review", "record_payments", "approve_reward")

    assert not matter.person("both").completed_items.exists()


def test_who_verified_the_lead_may_neither_decide_on_filing_nor_review_or_pay_in_the_linked_runs() -> None:
    matter = Matter(verifiers=("both", "handler_c"))

    refused_all_the_way(matter, "decide_filing", *CLOSED_IN_THE_CASE, *CLOSED_IN_THE_REWARD)

    assert not CaseUserPermission.objects.filter(user=matter.person("both")).exists()


def test_a_verifier_who_was_only_assigned_may_not_decide_on_filing() -> None:
    matter = Matter(verifiers=("handler_c", "both"))

    refused_all_the_way(matter, "decide_filing")


def test_a_review_that_was_taken_before_the_appointment_cannot_be_handed_in_after_it() -> None:
    matter = Matter()
    item = matter.until("legal_review")
    both = matter.person("both")
    attempt = Attempt(matter, both, item, matter.entries("legal_review"))
    with playing(matter.now):
        attempt.client().post(attempt.address("claim"), {"key": make.key()})
    DutyRecord.objects.create(
        family=matter.family, account=both, key="handle", run=item.run, element_id="appoint_handlers", at=matter.now
    )  # fmt: skip

    with pytest.raises(DutyConflict):
        matter.does("both", "legal_review")
    with playing(matter.now):
        refused = attempt.client().post(attempt.address("task"), attempt.entries)
        assert refused.status_code == 403
        assert attempt.address("release") in refused.content.decode()
        assert attempt.client().post(attempt.address("release"), {"key": make.key()}).status_code == 302
    matter.does("reviewer", "legal_review")


def test_the_hearing_is_not_chaired_by_who_handled_the_case() -> None:
    matter = Matter(handlers=("both", "handler_a"))
    matter.joins("both", "hearing_chair")
    matter.until("record_response_or_hearing")
    matter.does("both", "record_response_or_hearing", response="hearing", text="要求听证。")

    refused_everywhere(matter, "both", "arrange_hearing")
    matter.does("chair", "arrange_hearing")
    refused_everywhere(matter, "both", "hold_hearing")


def test_the_refusal_names_both_duties_and_shows_nothing_of_the_case() -> None:
    matter = Matter(verifiers=("both", "handler_c"))
    item = matter.until("approve_investigation")

    attempt = Attempt(matter, matter.person("both"), item, {})
    with playing(matter.now):
        page = attempt.client().get(attempt.address("task")).content.decode()

    assert "核查" in page and "决定" in page
    assert matter.case.summary not in page
    assert reverse("casework:case", args=[matter.case.pk]) not in page
