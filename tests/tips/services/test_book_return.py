"""A payment that the bank gives back after it was booked as paid (退汇): kept in the books, paid anew, never twice."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.tips.joining import claimed, payee
from tests.tips.outcomes import a_reward, confirmed, figures, held, told
from tests.tips.rewarding import DECIDED, PAID, PAYEE, to_bank, to_confirmed, to_notice, work
from tests.tips.working import do, staff
from tips.coming_back.steps.reward import ANOTHER_ACCOUNT, LAPSED
from tips.coming_back.steps.reward import PAID as PAID_STEP
from tips.errors import NotPaid
from tips.models import PaymentLine, PayoutReturn, Reward, RewardBudget
from tips.rewards.parts import open_parts
from tips.rewards.rounds import begin_rests
from tips.rewards.status import reward_step
from tips.rules.budget import Pot
from tips.services.book_budget import balances_of
from tips.services.book_return import book_return
from tips.services.carry_budget import carry_over
from tips.services.claim_reward import claim_reward
from tips.services.read_bank_answers import read_bank_answers
from tips.words import Payee
from workflows.background.relay import drain
from workflows.background.timers import fire_batch
from workflows.errors import DutyConflict, Invalid
from workflows.models import JournalEntry
from workflows.now import playing
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
A_WEEK = DECIDED + timedelta(days=7)
OTHER = Payee(**{**PAYEE, "account": "6222000911119999888"})
ALL = {"identity_1": "confirmed", "identity_2": "confirmed", "identity_3": "confirmed"}


@pytest.fixture
def people() -> dict[str, Account]:
    return staff()


@pytest.fixture
def reward(people: dict[str, Account]) -> Reward:
    """Paid: 5,750 yuan."""
    reward = a_reward(people)
    to_notice(people, reward)
    to_confirmed(people, reward)
    to_bank(people, reward)
    work(people, reward, "finance", "pay_reward", PAID)
    drain(DECIDED)
    reward.refresh_from_db()
    assert reward_step(reward) is PAID_STEP
    return reward


def gives_back(people: dict[str, Account], line: PaymentLine, **changes: Any) -> PayoutReturn:
    facts: dict[str, Any] = {
        "actor": people["finance"], "returned_on": civil_date(A_WEEK), "ground": "account", "voucher": "T1",
        "key": str(uuid4()), "now": A_WEEK,
    }  # fmt: skip
    facts |= changes
    found = book_return(line, **facts)
    drain(facts["now"])
    return found


def line_of(reward: Reward, person: int = 1) -> PaymentLine:
    return reward.payment_lines.filter(person=person).latest("id")


def again(people: dict[str, Account], reward: Reward, who: str, what: str, data: dict[str, Any]) -> None:
    reward.refresh_from_db()
    do(people[who], reward.run, what, data, A_WEEK)


def test_what_came_back_waits_for_another_account_and_is_paid_once(people, reward) -> None:
    gives_back(people, line_of(reward))

    reward.refresh_from_db()
    assert reward_step(reward) is ANOTHER_ACCOUNT
    assert held() == {"returned": "5750.00", "available": "494250.00"}
    assert "please name an account again" in told(reward)[-1]
    claim_reward(reward, OTHER, key="again", now=A_WEEK)
    again(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})
    again(people, reward, "finance", "order_payment", {})
    again(people, reward, "finance_b", "release_payment", {"release": "released"})
    again(people, reward, "finance", "pay_reward", {**PAID, "voucher": "V2"})
    drain(A_WEEK)

    reward.refresh_from_db()
    assert held() == {"paid": "5750.00", "available": "494250.00"}
    first, second = reward.payouts.all()
    assert (first.voucher, first.came_back.voucher, hasattr(second, "came_back")) == ("V1", "T1", False)
    assert (first.amount, second.amount) == (Decimal("5750.00"), Decimal("5750.00"))
    assert reward_step(reward) is PAID_STEP
    assert "¥5,750.00 was paid" in told(reward)[-1]


def test_the_bank_file_brings_a_payment_back_once(people, reward) -> None:
    batch = line_of(reward).batch

    def reads(day: str) -> tuple[int, Any]:
        file = f"{batch.number}-001,退回,{day},T1,account\n".encode()
        return read_bank_answers(
            actor=people["finance"], batch=batch, content=file, key=str(uuid4()), now=A_WEEK
        )

    early = reads("2025-05-01")
    on_the_day = [reads(civil_date(A_WEEK).isoformat()) for _ in range(2)]

    assert early[0] == 0
    assert "退回日期不能早于付款日期" in early[1][0][1]
    assert on_the_day == [(1, []), (0, [])]
    assert PayoutReturn.objects.get().ground == "account"
    assert held()["returned"] == "5750.00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"returned_on": DECIDED.date() - timedelta(days=9)}, "returned_on"),
        ({"returned_on": A_WEEK.date() + timedelta(days=3)}, "returned_on"),
        ({"voucher": "V1"}, "voucher"),
    ],
    ids=["before the payment", "in the future", "the payment's voucher"],
)
def test_what_cannot_be_is_refused_and_nothing_is_booked(people, reward, wrong, field) -> None:
    with pytest.raises(Invalid) as refused:
        gives_back(people, line_of(reward), **wrong)

    assert refused.value.field == field
    assert held() == {"paid": "5750.00", "available": "494250.00"}


def test_who_assessed_the_reward_books_no_return(people, reward) -> None:
    with pytest.raises(DutyConflict):
        gives_back(people, line_of(reward), actor=people["reward_officer"])


def test_a_second_time_nothing_comes_back(people, reward) -> None:
    line = line_of(reward)
    gives_back(people, line)

    with pytest.raises(NotPaid):
        gives_back(people, line, voucher="T2")


def test_nobody_names_another_account_in_time(people, reward) -> None:
    gives_back(people, line_of(reward))
    late = A_WEEK + timedelta(days=100)

    fire_batch(late)
    drain(late)

    reward.refresh_from_db()
    assert reward_step(reward) is LAPSED
    assert held() == {"available": "500000.00"}
    assert "No other account was named" in told(reward)[-1]


def test_after_a_review_lowered_it_only_what_is_still_due_waits(people, reward) -> None:
    confirmed(people, reward, "200000.00")
    lower = figures(reward)
    assert lower.overpaid is not None and lower.overpaid > 0
    due = Decimal("5750.00") - lower.overpaid

    gives_back(people, line_of(reward))

    assert held() == {"returned": str(due), "available": str(Decimal("500000.00") - due)}
    reward.refresh_from_db()
    assert {person: part.amount for person, part in open_parts(reward).items()} == {1: due}


def test_after_a_revocation_the_money_stays_with_the_budget(people, reward) -> None:
    confirmed(people, reward, None)

    gives_back(people, line_of(reward))

    reward.refresh_from_db()
    assert (reward.round, held()) == (1, {"available": "500000.00"})


def test_in_the_next_year_it_is_paid_from_what_went_over(people, reward) -> None:
    new_year = DECIDED.replace(year=DECIDED.year + 1, month=1, day=8)
    carry_over(new_year)

    gives_back(people, line_of(reward), returned_on=civil_date(new_year), now=new_year)

    def lies(year: int) -> dict[Pot, Decimal]:
        found = balances_of(RewardBudget.objects.get(year=year))
        assert sum(money.amount for money in found.values()) == 0
        return {pot: found[pot].amount for pot in (Pot.PAID, Pot.RETURNED, Pot.CARRIED) if found.get(pot)}

    amount = Decimal("5750.00")
    assert lies(DECIDED.year) == {Pot.CARRIED: amount}
    assert lies(new_year.year) == {Pot.RETURNED: amount, Pot.CARRIED: -amount}
    reward.refresh_from_db()
    claim_reward(reward, OTHER, key="again", now=new_year)
    do(people["identity_officer"], reward.run, "confirm_identity", {"identity": "confirmed"}, new_year)
    assert balances_of(RewardBudget.objects.get(year=new_year.year))[Pot.PAYABLE].amount == amount


def paid_jointly(people: dict[str, Account], *numbers: int) -> Reward:
    """Three people claimed 5,750 yuan; the bank has paid some of them."""
    reward = claimed(people)
    work(people, reward, "identity_officer", "confirm_identity", ALL)
    to_bank(people, reward)
    for line in reward.payment_lines.filter(person__in=numbers).order_by("person"):
        work(people, reward, "finance", "pay_reward", {**PAID, "voucher": f"V{line.person}", "line": line.pk})
    drain(DECIDED)
    return Reward.objects.get(pk=reward.pk)


def test_under_joint_names_only_the_one_part_is_paid_again(people) -> None:
    reward = paid_jointly(people, 1, 2, 3)

    gives_back(people, line_of(reward, 2))

    reward.refresh_from_db()
    assert {person: str(part.amount) for person, part in open_parts(reward).items()} == {2: "1725.00"}
    claim_reward(reward, {2: payee(2, "6222000911119999888")}, key="again", now=A_WEEK)
    again(people, reward, "identity_officer", "confirm_identity", {"identity_2": "confirmed"})
    again(people, reward, "finance", "order_payment", {})
    again(people, reward, "finance_b", "release_payment", {"release": "released"})
    again(people, reward, "finance", "pay_reward", {**PAID, "voucher": "V9"})
    assert held() == {"paid": "5750.00", "available": "494250.00"}


def test_while_others_wait_for_the_bank_the_part_gets_a_round_after_theirs(people) -> None:
    reward = paid_jointly(people, 1)

    gives_back(people, line_of(reward, 1))

    assert held() == {"ordered": "2875.00", "available": "497125.00"}
    for person in (2, 3):
        line = line_of(reward, person)
        work(people, reward, "finance", "pay_reward", {**PAID, "voucher": f"V{person}", "line": line.pk})
    drain(DECIDED)
    assert begin_rests(A_WEEK) == 1
    reward.refresh_from_db()
    assert (reward.round, reward.to_pay) == (2, Decimal("2875.00"))


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_book_one_return(people, reward) -> None:
    line, start, found = line_of(reward), Barrier(2), []

    def book(who: str, voucher: str) -> None:
        start.wait()
        try:
            found.append(gives_back(people, line, actor=people[who], voucher=voucher))
        except Exception as refused:
            found.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=book, args=pair) for pair in (("finance", "T1"), ("finance_b", "T2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert PayoutReturn.objects.count() == 1
    assert held()["returned"] == "5750.00"
    assert sorted(isinstance(one, PayoutReturn) for one in found) == [False, True], found


def test_the_page_books_it_and_keeps_what_was_typed(client: Client, people, reward) -> None:
    line = line_of(reward)
    client.force_login(people["finance"])
    address = reverse("tips:payment_return", args=[line.batch_id, line.position])
    typed = {"returned_on": "2025-05-01", "ground": "account", "voucher": "T77", "key": "k"}

    with playing(A_WEEK):
        listed = client.get(reverse("tips:payment", args=[line.batch_id])).content.decode()
        refused = client.post(address, typed)
        booked = client.post(address, {**typed, "returned_on": civil_date(A_WEEK).isoformat()})
        shown = client.get(reverse("tips:payment", args=[line.batch_id])).content.decode()
        gone = client.get(address)

    assert address in listed
    assert refused.status_code == 422
    assert "T77" in refused.content.decode()
    assert booked.url == reverse("tips:payment", args=[line.batch_id])
    assert address not in shown
    assert gone.status_code == 404
    assert JournalEntry.objects.filter(act="payment_came_back", actor=people["finance"]).count() == 1
