"""The pages around the PIN: choosing it, claiming with it, wrong ones, and the officer who notes a forgotten one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from casework.models import Account
from casework.rules.money import Money
from tests.factories.tips import a_filing, a_tip
from tests.tips.effort.solving import solved
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice
from tips.effort import limits
from tips.forms.claiming import ClaimForm
from tips.models import ClaimPin, PinWaiver, Reward
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
PIN, WRONG = "408261", "590417"


@pytest.fixture(autouse=True)
def no_tries_yet(settings: Any) -> None:
    settings.PROOF_COST = 2
    caches["short_lived"].clear()


def look_up(client: Client, code: str) -> Client:
    assert client.post(reverse("tips:follow"), {"code": code}).status_code == 302
    return client


def to_claim(people: dict[str, Account], client: Client, pin: str = PIN) -> Reward:
    filed = a_paid_case(people, a_filing(wants_reward=True, pin=pin))
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    look_up(client, filed.code)
    return reward


def claim(client: Client, pin: str = "", **more: str) -> Any:
    with playing(DECIDED):
        return client.post(reverse("tips:report_claim"), {**PAYEE, "pin": pin, "key": "c", **more})


def test_a_pin_is_chosen_on_coming_back(client: Client) -> None:
    filed = a_tip(a_filing(wants_reward=True))
    look_up(client, filed.code)
    page = client.get(reverse("tips:report_status")).content.decode()
    assert reverse("tips:report_pin") in page

    weak = client.post(reverse("tips:report_pin"), {"pin": "123456", "pin_again": "123456", "key": "p"})
    differs = client.post(reverse("tips:report_pin"), {"pin": PIN, "pin_again": WRONG, "key": "p"})
    chosen = client.post(reverse("tips:report_pin"), {"pin": PIN, "pin_again": PIN, "key": "p"})
    again = client.post(reverse("tips:report_pin"), {"pin": PIN, "pin_again": PIN, "key": "p"})

    assert (weak.status_code, differs.status_code, chosen.status_code, again.status_code) == (
        422,
        422,
        302,
        422,
    )
    assert "current" in again.context["form"].fields
    assert "123456" not in weak.content.decode()
    assert ClaimPin.objects.get().tip == filed.tip


def test_a_named_report_is_asked_for_no_pin(client: Client, people: dict[str, Account]) -> None:
    filed = a_paid_case(people)
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    look_up(client, filed.code)

    assert "pin" not in client.get(reverse("tips:report_claim")).context["form"].fields
    assert client.get(reverse("tips:report_pin")).status_code == 302
    assert claim(client).status_code == 302
    reward.refresh_from_db()
    assert reward.claimed_at


def test_a_claim_without_a_pin_leads_to_choosing_one(client: Client, people: dict[str, Account]) -> None:
    to_claim(people, client, pin="")

    assert client.get(reverse("tips:report_claim"))["Location"] == reverse("tips:report_pin")


def test_a_wrong_pin_keeps_what_was_typed_and_says_one_sentence(
    client: Client, people: dict[str, Account]
) -> None:
    reward = to_claim(people, client)

    refused = claim(client, WRONG)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert PAYEE["account"] in page
    assert WRONG not in page
    assert "密码不正确，未作任何处理。" in page
    assert claim(client, PIN).status_code == 302
    reward.refresh_from_db()
    assert reward.claimed_at == DECIDED


@pytest.mark.parametrize("field", ["name", "bank"])
@pytest.mark.parametrize("value", ['=HYPERLINK("x")', "+86", "-1", "@a", "周\t收款", "周\r\n收款"])
def test_a_claim_with_a_formula_is_refused_and_kept_on_the_page(field: str, value: str) -> None:
    entries = {**PAYEE, "key": "c"}
    form, good = ClaimForm({**entries, field: value}), ClaimForm(entries)

    assert (list(form.errors), form[field].value()) == ([field], value)
    assert good.is_valid(), "what banks and people are called goes through"


def test_a_card_number_with_a_slip_is_asked_about_once_and_taken_when_it_is_said_to_be_right() -> None:
    slip = PAYEE["account"][:-1] + str((int(PAYEE["account"][-1]) + 1) % 10)
    entries = {**PAYEE, "account": slip, "key": "c"}
    asked, sure = ClaimForm(entries), ClaimForm({**entries, "certain": "on"})

    assert list(asked.errors) == ["account"]
    assert "certain" in asked.fields
    assert sure.is_valid()
    assert sure.payee().account == slip
    assert "certain" not in ClaimForm({**PAYEE, "key": "c"}).fields, "nobody else is asked"


def test_under_joint_names_only_the_person_with_the_slip_is_asked() -> None:
    parts = {1: Money.from_fen(1000), 2: Money.from_fen(2000)}
    entries = {f"{name}_{number}": value for number in parts for name, value in PAYEE.items()}
    entries |= {"key": "c", "account_2": "6228000912345670"}
    form = ClaimForm(entries, parts=parts)

    assert list(form.errors) == ["account_2"]
    assert [[field.name for field in fields] for _, _, fields in form.blocks()][1][-1] == "certain_2"
    assert "certain_1" not in form.fields


def test_after_wrong_pins_the_right_one_opens_with_a_calculation_or_a_wait_used_once(
    client: Client, people: dict[str, Account]
) -> None:
    to_claim(people, client)
    for _ in range(limits.WRONG_PIN.rungs[0]):
        asked = claim(client, WRONG)
    task = asked.context["task"]
    proof = {"page": task["page"], "effort": solved(task["challenge"])}
    waiting = claim(client, PIN)
    ticket = waiting.context["ticket"]
    early = claim(client, PIN, ticket=ticket)
    assert (waiting.status_code, waiting["Retry-After"], early.status_code) == (429, "20", 429)

    assert claim(client, WRONG, **proof).status_code == 422
    assert claim(client, PIN, **proof).status_code == 429, "a calculation serves once"
    with playing(DECIDED + timedelta(seconds=30)):
        later = {**PAYEE, "key": "c", "ticket": ticket}
        wrong = client.post(reverse("tips:report_claim"), {**later, "pin": WRONG})
        assert (
            wrong.status_code,
            client.post(reverse("tips:report_claim"), {**later, "pin": PIN}).status_code,
        ) == (
            422,
            429,
        )
    with playing(DECIDED + timedelta(seconds=30)):
        ticket = client.post(reverse("tips:report_claim"), {**PAYEE, "key": "c", "pin": PIN}).context[
            "ticket"
        ]
    with playing(DECIDED + timedelta(minutes=20)):
        data = {**PAYEE, "key": "c", "pin": PIN, "ticket": ticket}
        assert client.post(reverse("tips:report_claim"), data).status_code == 302


def test_giving_up_asks_for_the_pin(client: Client, people: dict[str, Account]) -> None:
    reward = to_claim(people, client)
    with playing(DECIDED):
        wrong = client.post(reverse("tips:report_decline"), {"key": "d", "pin": WRONG})
        right = client.post(reverse("tips:report_decline"), {"key": "d", "pin": PIN})

    assert (wrong.status_code, right.status_code) == (422, 302)
    reward.refresh_from_db()
    assert reward.given_up_at == DECIDED


def test_the_identity_officer_notes_who_came_and_the_claim_needs_no_pin(
    client: Client, people: dict[str, Account]
) -> None:
    reward = to_claim(people, client)
    officer = Client()
    officer.force_login(people["identity_officer"])
    entry = {
        "claim_number": reward.claim_number,
        "name": PAYEE["name"],
        "identity_number": PAYEE["identity_number"],
        "reasons": "出示身份证原件",
        "key": "w",
    }
    with playing(DECIDED):
        unknown = officer.post(reverse("tips:pin_waivers"), {**entry, "claim_number": "JL-0"})
        noted = officer.post(reverse("tips:pin_waivers"), entry)
        listed = officer.get(reverse("tips:pin_waivers")).content.decode()

    assert (unknown.status_code, noted.status_code) == (422, 302)
    assert reward.claim_number in listed
    assert PAYEE["name"] not in listed
    assert claim(client, name="李某某").status_code == 422
    assert claim(client).status_code == 302
    assert PinWaiver.objects.get().used_at == DECIDED
