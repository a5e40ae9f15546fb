"""From the confirmed payee to the bank and back: two people, one file, paid once, returns kept for the tipster."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework.errors import FormRefused, NotFound
from casework.models import Bureau
from casework.selectors import balances
from tests.factories.tips import RECEIVED, a_bureau
from tests.tips.outcomes import confirmed
from tests.tips.rewarding import (
    DECIDED,
    ELIGIBLE,
    PAID,
    PAYEE,
    RETURNED,
    a_paid_case,
    opened,
    to_bank,
    to_confirmed,
    to_notice,
    work,
)
from tests.tips.working import do, open_item
from tips.coming_back import messages
from tips.coming_back.steps.reward import ANOTHER_ACCOUNT
from tips.errors import BankFileChanged, NoBankFile, PayeeUnfit
from tips.models import IdentityOpening, PaymentBatch, PaymentLine, Payout, Reward, RewardDiscussion
from tips.rewards.status import reward_of
from tips.sealing import contents
from tips.selectors import thread
from tips.services.claim_reward import claim_reward
from tips.services.order_payment import make_batch, order_payment
from tips.services.read_bank_answers import read_bank_answers
from tips.services.release_payment import release_batch
from tips.services.take_bank_file import take_bank_file
from tips.words import Payee
from workflows.background.relay import drain
from workflows.errors import DutyConflict, Invalid
from workflows.models import JournalEntry, LaneMember, Run, WorkItem
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
OTHER = Payee(**{**PAYEE, "account": "6222000911119999888"})


def ready(people) -> Reward:  # type: ignore[no-untyped-def]
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    to_confirmed(people, reward)
    return reward


def batch_of(people, rewards, key: str = "b") -> PaymentBatch:  # type: ignore[no-untyped-def]
    items = [open_item(reward.run, "order_payment") for reward in rewards]
    (batch,), refused = make_batch(actor=people["finance"], items=items, key=key, now=DECIDED)
    assert refused == []
    return batch


def released(people, batch: PaymentBatch) -> PaymentBatch:  # type: ignore[no-untyped-def]
    refused = release_batch(
        actor=people["finance_b"], batch=batch, release="released", reasons="", key="r", now=DECIDED
    )
    assert refused == []
    batch.refresh_from_db()
    return batch


def where(reward: Reward) -> set[str]:
    return {code for (_, code), amount in balances(("reward", reward.pk)).items() if amount > 0}


def test_one_makes_the_batch_another_releases_it_and_the_file_is_neutral(people) -> None:
    rewards = [ready(people), ready(people)]
    batch = batch_of(people, rewards)
    with pytest.raises(NoBankFile):
        take_bank_file(actor=people["finance"], batch=batch, now=DECIDED)
    own = release_batch(
        actor=people["finance"], batch=batch, release="released", reasons="", key="own", now=DECIDED
    )
    assert len(own) == 2

    batch = released(people, batch)
    content = take_bank_file(actor=people["finance"], batch=batch, now=DECIDED)

    text = content.decode("utf-8-sig")
    assert (batch.made_by, batch.released_by) == (people["finance"], people["finance_b"])
    assert text.count(PAYEE["account"]) == 2
    assert "11500.00" in text
    secret = ("奖", "举报", rewards[0].claim_number, rewards[0].tip.number, rewards[0].case.number)
    assert not [word for word in secret if word in text]
    assert [where(reward) for reward in rewards] == [{"ordered"}, {"ordered"}]
    assert content == take_bank_file(actor=people["finance"], batch=batch, now=DECIDED)
    assert JournalEntry.objects.filter(act="payment_file_taken").count() == 2
    assert IdentityOpening.objects.filter(purpose="bank_file").count() == 4


def test_whoever_another_duty_keeps_from_paying_gets_no_file_with_payees(people) -> None:
    batch = released(people, batch_of(people, [ready(people)]))
    verifier = people["handler"]
    LaneMember.objects.create(
        account=verifier, lane="finance", unit_id=batch.bureau_id, starts_at=RECEIVED.replace(year=2020)
    )
    looks = IdentityOpening.objects.count()
    client = Client(headers={"accept-language": "en"})
    client.force_login(verifier)

    with pytest.raises(NotFound):
        take_bank_file(actor=verifier, batch=batch, now=DECIDED)
    with playing(DECIDED):
        page = client.get(reverse("tips:payment", args=[batch.pk]))
        file = client.get(reverse("tips:payment_file", args=[batch.pk]))

    assert (page.status_code, file.status_code) == (200, 404)
    assert reverse("tips:payment_file", args=[batch.pk]) not in page.content.decode()
    assert IdentityOpening.objects.count() == looks
    assert take_bank_file(actor=people["finance_b"], batch=batch, now=DECIDED)


def test_a_batch_holds_payments_of_one_bureau(people) -> None:
    here, there = ready(people), ready(people)
    other = a_bureau("云湖县医疗保障局", level="county", region_code="990122")
    _move(there, other)
    LaneMember.objects.create(
        account=people["finance"], lane="finance", unit_id=other.pk, starts_at=RECEIVED.replace(year=2020)
    )
    items = [open_item(reward.run, "order_payment") for reward in (here, there)]
    foreign = PaymentBatch.objects.create(
        bureau=here.bureau, number="DF", made_by=people["finance"], made_at=DECIDED
    )
    with pytest.raises(NotFound):
        order_payment(actor=people["finance"], work_item=items[1], batch=foreign, key="f", now=DECIDED)

    batches, refused = make_batch(actor=people["finance"], items=items, key="b", now=DECIDED)

    assert refused == []
    assert [one.bureau for one in batches] == [here.bureau, other]
    assert [one.lines.get().reward for one in batches] == [here, there]


def _move(reward: Reward, bureau: Bureau) -> None:
    """Let the payment of a reward be the work of another bureau."""
    reward.bureau = bureau
    reward.save(update_fields=["bureau"])
    Run.objects.filter(pk=reward.run_id).update(unit_id=bureau.pk)
    WorkItem.objects.filter(run=reward.run_id).update(unit_id=bureau.pk)


def test_a_file_that_would_differ_is_not_given_out(people) -> None:
    batch = released(people, batch_of(people, [ready(people)]))
    take_bank_file(actor=people["finance"], batch=batch, now=DECIDED)
    PaymentBatch.objects.update(sha256="0" * 64)

    with pytest.raises(BankFileChanged):
        take_bank_file(actor=people["finance"], batch=batch, now=DECIDED)


def test_a_payee_that_would_run_in_a_spreadsheet_gets_into_no_file(people) -> None:
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    harmful = Payee(**{**PAYEE, "name": '=HYPERLINK("http://example.org")'})
    claim_reward(reward, harmful, key="c", now=DECIDED)
    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    batch = released(people, batch_of(people, [reward]))

    with pytest.raises(PayeeUnfit) as refused:
        take_bank_file(actor=people["finance"], batch=batch, now=DECIDED)

    assert f"{batch.number}-001" in str(refused.value)
    batch.refresh_from_db()
    assert not batch.sha256


def test_the_banks_answers_are_read_in_once(people) -> None:
    paid, returned = ready(people), ready(people)
    batch = released(people, batch_of(people, [paid, returned]))
    file = f"{batch.number}-001,paid,2025-05-10,V1\n{batch.number}-002,退回,2025-05-10,V2,name\n".encode()

    first = read_bank_answers(actor=people["finance"], batch=batch, content=file, key="a", now=DECIDED)
    again = read_bank_answers(actor=people["finance"], batch=batch, content=file, key="b", now=DECIDED)
    drain(DECIDED)

    assert (first, again) == ((2, []), (0, []))
    assert Payout.objects.get().reward == paid
    assert (where(paid), where(returned)) == ({"paid"}, {"returned"})
    assert PaymentLine.objects.get(reward=returned).return_ground == "name"


def test_a_payment_after_a_return_is_named_and_changes_nothing(people) -> None:
    paid, returned = ready(people), ready(people)
    batch = released(people, batch_of(people, [paid, returned]))
    file = f"{batch.number}-001,paid,2025-05-10,V1\n{batch.number}-002,退回,2025-05-10,V2,name\n".encode()
    read_bank_answers(actor=people["finance"], batch=batch, content=file, key="a", now=DECIDED)

    other = f"{batch.number}-001,paid,2025-05-10,V1\n{batch.number}-002,paid,2025-05-10,V4\n".encode()
    done, named = read_bank_answers(actor=people["finance"], batch=batch, content=other, key="b", now=DECIDED)

    assert (done, [reference for reference, _why in named]) == (0, [f"{batch.number}-002"])
    assert (where(paid), where(returned)) == ({"paid"}, {"returned"})


@pytest.mark.parametrize("line", ["DF-9,paid,2025-05-10,V1", "{number}-001,paid,2031-05-10,V1", "x"])
def test_one_bad_line_and_nothing_is_recorded(people, line: str) -> None:
    batch = released(people, batch_of(people, [ready(people)]))
    good = f"{batch.number}-001,paid,2025-05-10,V1\n"

    with pytest.raises(Invalid):
        read_bank_answers(
            actor=people["finance"],
            batch=batch,
            content=(good + line.format(number=batch.number)).encode(),
            key="a",
            now=DECIDED,
        )

    assert not Payout.objects.exists()


def test_a_voucher_of_another_payment_is_refused_before_anything_is_recorded(people) -> None:
    earlier, first, second = ready(people), ready(people), ready(people)
    to_bank(people, earlier)
    work(people, earlier, "finance", "pay_reward", PAID)
    batch = released(people, batch_of(people, [first, second]))
    file = f"{batch.number}-001,paid,2025-05-10,V2\n{batch.number}-002,paid,2025-05-10,V1\n".encode()

    with pytest.raises(Invalid) as refused:
        read_bank_answers(actor=people["finance"], batch=batch, content=file, key="a", now=DECIDED)

    assert f"{batch.number}-002" in str(refused.value)
    assert Payout.objects.get().reward == earlier
    with pytest.raises(Invalid, match="V1"):
        work(people, first, "finance", "pay_reward", PAID)
    assert where(first) == {"ordered"}


def test_an_answer_that_cannot_be_recorded_is_named_and_not_counted(people) -> None:
    suspended, gone = ready(people), ready(people)
    batch = released(people, batch_of(people, [suspended, gone]))
    work_items = WorkItem.objects.filter(element_id="pay_reward")
    work_items.filter(run=suspended.run).update(status="suspended")
    work_items.filter(run=gone.run).update(status="cancelled")
    file = f"{batch.number}-001,paid,2025-05-10,V1\n{batch.number}-002,paid,2025-05-10,V2\n".encode()

    done, refused = read_bank_answers(
        actor=people["finance"], batch=batch, content=file, key="a", now=DECIDED
    )

    assert (done, [reference for reference, _why in refused]) == (
        0,
        [f"{batch.number}-001", f"{batch.number}-002"],
    )
    assert not Payout.objects.exists()


def test_a_returned_payment_is_kept_told_in_neutral_words_and_paid_to_another_account(people) -> None:
    reward = ready(people)
    to_bank(people, reward)
    with pytest.raises(FormRefused):
        work(people, reward, "finance", "pay_reward", {**RETURNED, "return_ground": ""})
    work(people, reward, "finance", "pay_reward", RETURNED)

    assert where(reward) == {"returned"}
    letter = messages.read(thread(reward.tip).last(), contents.content_key(reward.tip)).text
    assert PAYEE["account"] not in letter
    claim_reward(reward, OTHER, key="k2", now=DECIDED)
    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", {**PAID, "voucher": "V2"})

    assert where(reward) == {"paid"}
    assert str(balances(("reward", reward.pk))["reward", "paid"]) == "5750.00"
    assert [line.state for line in PaymentLine.objects.order_by("pk")] == ["returned", "paid"]
    first, second = PaymentBatch.objects.order_by("pk")
    texts = [
        take_bank_file(actor=people["finance"], batch=one, now=DECIDED).decode() for one in (first, second)
    ]
    assert PAYEE["account"] in texts[0]
    assert OTHER.account in texts[1]


def test_a_claim_that_is_refused_after_a_return_may_be_made_again_and_is_paid_once(people) -> None:
    reward = ready(people)
    to_bank(people, reward)
    # The bank answers when the first period of the claim is long over.
    late = DECIDED + timedelta(days=80)
    do(people["finance"], reward.run, "pay_reward", RETURNED, late)
    drain(late)
    claim_reward(reward, OTHER, key="k2", now=late)
    refused = {"identity": "refused", "reasons": "姓名与账户不符"}
    do(people["identity_officer"], reward.run, "confirm_identity", refused, late)
    drain(late)

    told = reward_of(reward.tip)
    assert told is not None
    assert (told.step, told.can_claim, where(reward)) == (ANOTHER_ACCOUNT, True, {"returned"})
    claim_reward(reward, OTHER, key="k3", now=late)
    do(people["identity_officer"], reward.run, "confirm_identity", {"identity": "confirmed"}, late)
    do(people["finance"], reward.run, "order_payment", {}, late)
    do(people["finance_b"], reward.run, "release_payment", {"release": "released"}, late)
    do(people["finance"], reward.run, "pay_reward", {**PAID, "voucher": "V2"}, late)
    assert where(reward) == {"paid"}
    assert [line.state for line in PaymentLine.objects.order_by("pk")] == ["returned", "paid"]


def test_a_rise_of_returned_money_does_not_shorten_the_time_for_another_account(people) -> None:
    reward = ready(people)
    to_bank(people, reward)
    late = DECIDED + timedelta(days=80)
    do(people["finance"], reward.run, "pay_reward", RETURNED, late)
    drain(late)
    confirmed(people, reward, "100000.00")
    confirmed(people, reward, "350000.00")
    assert where(reward) == {"reserved"}
    claim_reward(reward, OTHER, key="k2", now=late)

    do(
        people["identity_officer"],
        reward.run,
        "confirm_identity",
        {"identity": "refused", "reasons": "x"},
        late,
    )

    told = reward_of(reward.tip)
    assert told is not None
    assert (told.can_claim, where(reward)) == (True, {"reserved"})


def test_a_claim_that_is_refused_when_the_time_for_another_account_is_over_ends(people) -> None:
    reward = ready(people)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", RETURNED)
    drain(DECIDED)
    claim_reward(reward, OTHER, key="k2", now=DECIDED + timedelta(days=30))

    data = {"identity": "refused", "reasons": "不符"}
    do(people["identity_officer"], reward.run, "confirm_identity", data, DECIDED + timedelta(days=75))

    reward.run.refresh_from_db()
    assert (reward.run.status, where(reward)) == ("ended", set())


def test_a_payment_that_is_sent_back_is_drawn_up_anew(people) -> None:
    reward = ready(people)
    work(people, reward, "finance", "order_payment", {})
    work(people, reward, "finance_b", "release_payment", {"release": "send_back", "reasons": "账号有误"})

    assert PaymentBatch.objects.get().withdrawn_at == DECIDED
    assert where(reward) == {"payable"}
    with pytest.raises(DutyConflict):
        work(people, reward, "finance_b", "order_payment", {})
    work(people, reward, "finance", "order_payment", {})
    assert open_item(reward.run, "release_payment")


def test_the_database_keeps_a_reward_out_of_two_open_batches(people) -> None:
    reward = ready(people)
    batch = batch_of(people, [reward])
    line = batch.lines.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentLine.objects.create(
            batch=batch, position=2, reward=reward, amount=line.amount, work_item_id=line.work_item_id,
            sealed_payee=line.sealed_payee, changed_at=DECIDED,
        )  # fmt: skip


def test_a_large_reward_is_discussed_before_the_second_approval(people) -> None:
    reward = opened(a_paid_case(people, losses={"5000000.00": True}).tip)
    assert reward is not None
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    reward.refresh_from_db()
    assert reward.assessed_amount >= 50000
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})
    assert not WorkItem.objects.filter(run=reward.run, element_id="approve_reward_again").exists()

    minutes = {"held_on": "2025-05-10", "participants": "王立新、李国梁", "opinions": "均同意。"}
    work(people, reward, "leader", "discuss_reward", {**minutes, "discussion_result": "agreed"})

    assert RewardDiscussion.objects.get().is_agreed
    assert open_item(reward.run, "approve_reward_again")
