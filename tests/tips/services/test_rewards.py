"""A reward from the recovered money to the bank transfer."""

from datetime import timedelta
from decimal import Decimal

import pytest

from casework.errors import FormRefused
from casework.models import Document
from casework.selectors import balances
from tests.factories.tips import a_filing
from tests.tips.rewarding import (
    DECIDED,
    ELIGIBLE,
    MET,
    PAID,
    PAYEE,
    a_paid_case,
    opened,
    to_bank,
    to_confirmed,
    to_notice,
    work,
)
from tests.tips.working import do, open_item
from tips.coming_back import messages
from tips.errors import RewardNotOpen
from tips.models import IdentityOpening, Payout
from tips.rules.eligibility import POINTS
from tips.sealing import contents, identity
from tips.selectors import thread
from tips.services.claim_reward import claim_reward, decline_reward, give_up_reward
from tips.services.withdraw_tip import withdraw_tip
from tips.words import Payee
from workflows.background.relay import drain
from workflows.errors import DutyConflict
from workflows.models import WorkItem

pytestmark = pytest.mark.usefixtures("models")


def test_the_base_is_the_reported_loss_without_fines(people) -> None:
    filed = a_paid_case(people, losses={"350000.00": True, "120000.00": False})

    reward = opened(filed.tip)

    assert reward is not None
    assert reward.base_amount == Decimal("350000.00")
    assert reward.run.family_id == filed.tip.run.family_id


def test_no_reward_is_opened_for_whoever_wants_none_or_withdrew_before_the_decision(people) -> None:
    unwanted = a_paid_case(people, a_filing(wants_reward=False))
    declined, withdrawn = a_paid_case(people), a_paid_case(people)
    decline_reward(declined.tip, key="d", now=DECIDED)
    withdraw_tip(withdrawn.tip, key="w", now=DECIDED - timedelta(minutes=1))

    assert [opened(filed.tip) for filed in (unwanted, declined, withdrawn)] == [None, None, None]


def test_no_reward_is_opened_when_nothing_that_the_tip_reported_is_recovered(people) -> None:
    assert opened(a_paid_case(people, losses={"5000.00": False}).tip) is None


def test_a_reward_is_computed_by_the_bureaus_scheme_with_its_working(people) -> None:
    reward = opened(a_paid_case(people).tip)

    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)

    reward.refresh_from_db()
    assert reward.amount == Decimal("5750.00")
    assert reward.working["source"] == "川医保发〔2022〕7号"
    assert len(reward.working["lines"]) == 3


def test_every_condition_is_needed_for_a_reward(people) -> None:
    reward = opened(a_paid_case(people).tip)

    for missing in MET:
        data = {name: value for name, value in ELIGIBLE.items() if name != missing}
        with pytest.raises(FormRefused):
            work(people, reward, "reward_officer", "assess_reward", data)


def test_whoever_gets_no_reward_is_told_why(people) -> None:
    reward = opened(a_paid_case(people).tip)

    data = {"eligible": "not_eligible", "reasons": "见2024年第3号案卷"}
    with pytest.raises(FormRefused):
        work(people, reward, "reward_officer", "assess_reward", data)
    answers = {"condition_not_known_before": "no", "evidence_not_known_before": "案卷第3号"}
    work(people, reward, "reward_officer", "assess_reward", {**data, **answers})

    key = contents.content_key(reward.tip)
    told = messages.read(thread(reward.tip).last(), key).text
    assert "举报的主要事实、证据事先已被医疗保障部门掌握。见2024年第3号案卷" in told


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.key)
def test_each_point_alone_rules_a_reward_out_in_the_words_of_the_law(people, point) -> None:
    reward = opened(a_paid_case(people).tip)
    against = {point.field: "no" if point.kind == "condition" else "yes"}

    with pytest.raises(FormRefused) as refused:
        work(people, reward, "reward_officer", "assess_reward", {**ELIGIBLE, **against})
    assert point.field in refused.value.form.errors
    data = {**ELIGIBLE, **against, "eligible": "not_eligible"}
    work(people, reward, "reward_officer", "assess_reward", data)
    reward.refresh_from_db()
    assert (reward.is_eligible, reward.amount, reward.reasons) == (False, None, f"{point.ground_zh}。")


def test_an_insider_needs_proof(people) -> None:
    reward = opened(a_paid_case(people).tip)

    with pytest.raises(FormRefused):
        work(people, reward, "reward_officer", "assess_reward", {**ELIGIBLE, "is_insider": "on"})


def test_the_checklist_is_kept_with_remark_and_evidence_and_stands_in_the_form(people) -> None:
    reward = opened(a_paid_case(people).tip)
    proved = {"remark_found_true": "两项均查实", "evidence_found_true": "处罚决定书"}
    work(people, reward, "reward_officer", "assess_reward", {**ELIGIBLE, **proved})
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})
    work(people, reward, "chief", "approve_reward_again", {"approval": "approved"})

    form = Document.objects.get(kind="reward_approval")
    lines = form.context["conditions"]
    assert len(lines) == len(POINTS) and all(line["is_met"] for line in lines)
    assert "两项均查实；处罚决定书" in [line["remark"] for line in lines]
    assert sum(line["condition"].startswith("不属于：") for line in lines) == 5


def test_two_approve_and_the_form_carries_both(people) -> None:
    reward = opened(a_paid_case(people).tip)

    to_notice(people, reward)

    form = Document.objects.get(kind="reward_approval")
    assert form.subject_id == reward.pk
    assert form.context["approval"]["name"] == "leader"
    assert form.context["second_approval"]["name"] == "chief"
    assert "周举报" not in str(form.context)
    reward.refresh_from_db()
    assert reward.notified_at is not None


def test_the_leader_cannot_approve_twice(people) -> None:
    from tests.factories.tips import RECEIVED
    from workflows.models import LaneMember

    reward = opened(a_paid_case(people).tip)
    LaneMember.objects.create(
        account=people["leader"],
        lane="chief",
        unit_id=reward.bureau_id,
        starts_at=RECEIVED.replace(year=2020),
    )
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})

    with pytest.raises(DutyConflict):
        work(people, reward, "leader", "approve_reward_again", {"approval": "approved"})


def test_a_claimed_reward_is_confirmed_and_paid_with_a_balanced_entry(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED)

    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)

    payout = Payout.objects.get(reward=reward)
    assert payout.amount == Decimal("5750.00")
    assert sum(line.amount for line in payout.entry.lines.all()) == 0
    assert balances(("reward", reward.pk)) == {
        ("reward", "available"): Decimal("-5750.00"),
        ("reward", "reserved"): Decimal("0.00"),
        ("reward", "payable"): Decimal("0.00"),
        ("reward", "ordered"): Decimal("0.00"),
        ("reward", "paid"): Decimal("5750.00"),
    }
    assert payout.entry.text == reward.claim_number
    reward.run.refresh_from_db()
    assert reward.run.status == "ended"


def test_payee_and_identity_open_for_those_two_only_and_each_look_is_recorded(people) -> None:
    from casework.task_pages import page_for
    from workflows.door.commands import claim_item

    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED)
    item = open_item(reward.run, "confirm_identity")
    before = page_for(item, people["identity_officer"]).context()

    claim_item(item, actor=people["identity_officer"], key="c", now=DECIDED)
    shown = page_for(WorkItem.objects.get(pk=item.pk), people["identity_officer"]).context()

    assert before == {}
    assert (shown["known"].name, shown["payee"].name) == ("周举报", "周收款")
    assert not {"tip", "case", "reward"} & set(shown)
    looks = IdentityOpening.objects.filter(opened_by=people["identity_officer"])
    assert looks.count() == 2
    assert {look.purpose for look in looks} == {"confirm_identity"}


def test_an_anonymous_tipster_can_claim(people) -> None:
    reward = opened(a_paid_case(people, a_filing(wants_reward=True, pin="408261")).tip)
    to_notice(people, reward)

    claim_reward(reward, Payee(**PAYEE), pin="408261", key="k", now=DECIDED)

    assert identity.known_identity(reward.tip) is None
    assert open_item(reward.run, "confirm_identity")


def test_an_unconfirmed_identity_has_a_second_chance_within_the_period(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED)
    with pytest.raises(FormRefused):
        work(people, reward, "identity_officer", "confirm_identity", {"identity": "refused"})

    refused = {"identity": "refused", "reasons": "姓名与账户不符"}
    work(people, reward, "identity_officer", "confirm_identity", refused)

    reward.refresh_from_db()
    assert (reward.claimed_at, reward.sealed_payee) == (None, None)
    letter = messages.read(thread(reward.tip).last(), contents.content_key(reward.tip))
    assert "姓名与账户不符" in letter.text
    assert "姓名与账户不符" not in str(list(reward.run.journal.values_list("details", flat=True)))
    to_confirmed(people, reward)
    assert open_item(reward.run, "order_payment")


def test_an_identity_that_is_refused_after_the_period_ends_without_payment(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED + timedelta(days=30))

    do(
        people["identity_officer"], reward.run, "confirm_identity", {"identity": "refused", "reasons": "不符"},
        DECIDED + timedelta(days=75),
    )  # fmt: skip

    reward.run.refresh_from_db()
    assert reward.run.status == "ended"
    assert not Payout.objects.exists()
    assert balances(("reward", reward.pk))["reward", "reserved"] == 0


def test_after_two_months_the_reward_lapses_and_cannot_be_claimed(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)

    late = DECIDED + timedelta(days=75)
    drain(late)

    reward.refresh_from_db()
    assert reward.lapsed_at == late
    with pytest.raises(RewardNotOpen):
        claim_reward(reward, Payee(**PAYEE), key="k", now=late)


def test_a_reward_that_was_given_up_ends(people) -> None:
    reward = opened(a_paid_case(people).tip)
    to_notice(people, reward)

    give_up_reward(reward, key="g", now=DECIDED)

    reward.run.refresh_from_db()
    assert reward.run.status == "ended"
    with pytest.raises(RewardNotOpen):
        claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED)
