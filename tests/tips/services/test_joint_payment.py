"""A reward under joint names: a payee a person, each confirmed, each paid; a return concerns one alone."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework.errors import FormRefused
from casework.models import Account
from casework.selectors import balances
from tests.tips.joining import claimed, joint, payee, payees
from tests.tips.outcomes import confirmed
from tests.tips.rewarding import DECIDED, RETURNED, to_bank, work
from tests.tips.rewarding import PAID as ANSWER
from tests.tips.working import open_item, staff
from tips.coming_back import messages
from tips.coming_back.steps.reward import ANOTHER_ACCOUNT, PAID
from tips.errors import PayoutExists
from tips.models import PaymentBatch, PaymentLine, Payout
from tips.rewards.parts import open_amount, open_parts, parts_of
from tips.rewards.pin_errors import PayeesMissing
from tips.rewards.status import reward_of, reward_step
from tips.sealing import contents
from tips.selectors import thread
from tips.services.claim_reward import claim_reward
from tips.services.read_bank_answers import read_bank_answers
from tips.services.take_bank_file import take_bank_file
from workflows.background.relay import drain
from workflows.now import playing
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
ALL = {"identity_1": "confirmed", "identity_2": "confirmed", "identity_3": "confirmed"}


@pytest.fixture
def people() -> dict[str, Account]:
    return staff()


def _dated(row: str) -> str:
    position, result, rest = row.split(",", 2)
    return f"{position},{result},{civil_date(DECIDED)},{rest}"


def answers(people: dict[str, Account], batch: PaymentBatch, *rows: str) -> None:
    # Each answer is of the day of the decision: 001,paid,V1.
    file = "".join(f"{batch.number}-{_dated(row)}\n" for row in rows).encode()
    _done, refused = read_bank_answers(
        actor=people["finance"], batch=batch, content=file, key=f"a{rows}", now=DECIDED
    )
    assert refused == []
    drain(DECIDED)


@pytest.mark.parametrize(
    ("shares", "parts"),
    [(("50", "30", "20"), ["2875.00", "1725.00", "1150.00"]), ((), ["1916.67", "1916.67", "1916.66"])],
)
def test_the_parts_follow_the_agreement_else_are_equal(
    people: dict[str, Account], shares: tuple[str, ...], parts: list[str]
) -> None:
    reward, _code = joint(people, shares)

    assert [str(part.amount) for part in parts_of(reward).values()] == parts
    assert sum(Decimal(part) for part in parts) == reward.assessed_amount


def test_a_claim_names_a_payee_for_each_person(people: dict[str, Account]) -> None:
    reward, _code = joint(people)
    for wrong in (payee(1), {1: payee(1), 2: payee(2)}, {1: payee(1), 2: payee(2), 4: payee(4)}):
        with pytest.raises(PayeesMissing):
            claim_reward(reward, wrong, key="k", now=DECIDED)

    claim_reward(reward, payees(), key="k", now=DECIDED)
    assert open_item(reward.leading_run, "confirm_identity")


def test_each_person_is_confirmed_and_one_refusal_stops_all(people: dict[str, Account]) -> None:
    reward = claimed(people)
    with pytest.raises(FormRefused):
        work(people, reward, "identity_officer", "confirm_identity", {"identity_1": "confirmed"})
    refused = {**ALL, "identity_2": "refused", "reasons": "证件号码不符"}
    work(people, reward, "identity_officer", "confirm_identity", refused)

    told = messages.read(thread(reward.tip).last(), contents.content_key(reward.tip)).text  # type: ignore[arg-type]
    assert "2: 证件号码不符" in told
    drain(DECIDED)
    reward.refresh_from_db()
    assert reward.claimed_at is None


def test_three_are_paid_and_a_return_concerns_its_person_alone(
    people: dict[str, Account], client: Client
) -> None:
    reward = claimed(people)
    work(people, reward, "identity_officer", "confirm_identity", ALL)
    to_bank(people, reward)
    first = PaymentBatch.objects.get()
    text = take_bank_file(actor=people["finance"], batch=first, now=DECIDED).decode("utf-8-sig")
    assert all(payee(number).account in text for number in (1, 2, 3))
    assert "5750.00" in text

    answers(people, first, "001,paid,V1")
    assert open_item(reward.leading_run, "pay_reward"), "two answers are awaited"
    answers(people, first, "001,paid,V1", "002,returned,R2,name", "003,paid,V3")

    told = reward_of(reward.tip)
    assert told is not None
    assert (told.step, told.can_claim) == (ANOTHER_ACCOUNT, True)
    assert list(open_parts(reward)) == [2]
    with pytest.raises(PayeesMissing):
        claim_reward(reward, {1: payee(1)}, key="k2", now=DECIDED)
    assert str(open_amount(reward)) == "1725.00"
    claim_reward(reward, {2: payee(2, "6222000999998888777")}, key="k2", now=DECIDED)
    work(people, reward, "identity_officer", "confirm_identity", {"identity_2": "confirmed"})
    client.force_login(people["finance"])
    with playing(DECIDED):
        waiting, *_batches = client.get(reverse("tips:payments")).content.decode().split("</table>")
    assert "1,725.00" in waiting
    assert "5,750.00" not in waiting
    to_bank(people, reward)
    second = PaymentBatch.objects.latest("pk")
    assert [(line.person, str(line.amount)) for line in second.lines.all()] == [(2, "1725.00")]
    answers(people, second, "001,paid,V4")

    told = reward_of(reward.tip)
    assert told is not None
    assert told.step is PAID
    paid = {one.person: one.amount for one in Payout.objects.filter(reward=reward)}
    assert paid == {1: Decimal("2875.00"), 2: Decimal("1725.00"), 3: Decimal("1150.00")}
    ledger = balances(("reward", reward.pk))
    assert sum(ledger.values()) == 0
    assert ledger["reward", "paid"] == Decimal("5750.00")
    assert {amount for (_, code), amount in ledger.items() if code not in ("paid", "available")} == {0}


def test_one_person_who_names_no_other_account_loses_that_part_alone(people: dict[str, Account]) -> None:
    reward = claimed(people)
    work(people, reward, "identity_officer", "confirm_identity", ALL)
    to_bank(people, reward)
    rows = ("001,paid,V1", "002,returned,R2,name", "003,paid,V3")
    answers(people, PaymentBatch.objects.get(), *rows)
    drain(DECIDED + timedelta(days=80))

    ledger = balances(("reward", reward.pk))
    assert (ledger["reward", "returned"], ledger["reward", "paid"]) == (0, Decimal("4025.00"))
    assert ledger["reward", "available"] == Decimal("-4025.00")
    reward.refresh_from_db()
    assert reward_step(reward) is PAID
    confirmed(people, reward, "300000.00")
    assert balances(("reward", reward.pk)) == ledger, "what lapsed is not promised again"


def test_the_database_refuses_a_second_line_and_a_second_payout_for_a_person(
    people: dict[str, Account],
) -> None:
    reward = claimed(people)
    work(people, reward, "identity_officer", "confirm_identity", ALL)
    to_bank(people, reward)
    line = PaymentLine.objects.get(person=2)
    line.pk, line.position = None, 9

    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_the_page_asks_for_each_person_without_a_name(people: dict[str, Account], client: Client) -> None:
    reward, code = joint(people)
    client.post(reverse("tips:follow"), {"code": code})
    with playing(DECIDED):
        page = client.get(reverse("tips:report_claim")).content.decode()
        entries: dict[str, Any] = {"key": "c"}
        for number in (1, 2, 3):
            entries |= {f"{name}_{number}": value for name, value in vars(payee(number)).items()}
        wrong = client.post(
            reverse("tips:report_claim"), {**entries, "identity_number_2": "110105194912310021"}
        )
        right = client.post(reverse("tips:report_claim"), entries)

    assert "2,875.00" in page and "1,150.00" in page
    assert "同名1" not in page
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["identity_number_2"])
    assert right.status_code == 302
    reward.refresh_from_db()
    assert reward.claimed_at == DECIDED


def test_an_answer_from_a_page_that_is_out_of_date_meets_no_other_persons_payment(
    people: dict[str, Account],
) -> None:
    reward = claimed(people)
    work(people, reward, "identity_officer", "confirm_identity", ALL)
    to_bank(people, reward)
    one, two, three = PaymentLine.objects.filter(reward=reward).order_by("position")
    stale = {**RETURNED, "line": one.pk}
    work(people, reward, "finance", "pay_reward", stale)
    work(people, reward, "finance", "pay_reward", {**ANSWER, "voucher": "V2", "line": two.pk})

    with pytest.raises(PayoutExists):
        work(people, reward, "finance", "pay_reward", stale)

    three.refresh_from_db()
    assert three.state == "released"
