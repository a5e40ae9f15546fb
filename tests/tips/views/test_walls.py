"""Officers without a grant find nothing: neither in lists nor by address."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.tips import PNG, RECEIVED, a_bureau, a_person, a_tip
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice
from tests.tips.working import open_item, staff
from tips.files.attachments import Attachment
from tips.services.claim_reward import claim_reward
from tips.words import Payee
from workflows.background.relay import drain
from workflows.door.commands import claim_item

pytestmark = pytest.mark.usefixtures("models")
LANES = ("leader", "case_handler", "intake_officer", "finance", "identity_officer", "reward_officer")


@pytest.fixture
def tip():  # type: ignore[no-untyped-def]
    return a_tip(files=[Attachment.of("a.png", "image/png", PNG)]).tip


def signed_in(account) -> Client:  # type: ignore[no-untyped-def]
    client = Client()
    client.force_login(account)
    return client


def addresses(tip) -> list[str]:  # type: ignore[no-untyped-def]
    file = tip.files.get()
    return [reverse("tips:tip", args=[tip.pk]), reverse("tips:tip_file", args=[tip.pk, file.pk])]


@pytest.mark.parametrize("lane", LANES)
def test_an_officer_without_the_work_finds_no_tip(tip, lane: str) -> None:
    client = signed_in(a_person(f"other-{lane}", lane))

    assert [client.get(address).status_code for address in addresses(tip)] == [404, 404]
    reads = lane in ("leader", "intake_officer")
    assert (tip.number in client.get(reverse("tips:tips")).content.decode()) is reads


def test_a_chief_of_another_bureau_finds_no_tip(tip) -> None:
    client = signed_in(a_person("elsewhere", "chief", "auditor", bureau=a_bureau("平山县医疗保障局")))

    assert [client.get(address).status_code for address in addresses(tip)] == [404, 404]


def test_the_auditor_reads_the_register_but_no_sealed_word(tip) -> None:
    client = signed_in(a_person("auditor", "auditor"))

    page = client.get(reverse("tips:tip", args=[tip.pk]) + "?words=open")

    assert page.status_code == 200
    assert page.context["opened"] is None
    assert client.get(addresses(tip)[1]).status_code == 404


def test_nobody_who_is_not_signed_in_gets_further_than_the_sign_in(tip) -> None:
    assert all(Client().get(address).status_code == 302 for address in addresses(tip))


def test_whoever_takes_the_registration_reads_words_and_files(tip) -> None:
    officer = a_person("intake", "intake_officer")
    claim_item(open_item(tip.run, "register_tip"), actor=officer, key="c", now=RECEIVED)
    client = signed_in(officer)
    before_the_check = client.get(addresses(tip)[1]).status_code
    drain(RECEIVED)

    page = client.get(reverse("tips:tip", args=[tip.pk]) + "?words=open")
    file = client.get(addresses(tip)[1])

    assert page.context["opened"].words.story
    assert before_the_check == 404
    assert b"".join(file.streaming_content) == PNG
    assert file["Content-Disposition"].startswith("attachment")


def test_payer_and_identity_officer_see_their_task_and_not_the_reward() -> None:
    people = staff()
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)
    claim_reward(reward, Payee(**PAYEE), key="k", now=DECIDED)
    item = open_item(reward.run, "confirm_identity")
    claim_item(item, actor=people["identity_officer"], key="c", now=DECIDED)
    client = signed_in(people["identity_officer"])

    task = client.get(reverse("casework:task", args=[item.pk])).content.decode()

    assert PAYEE["account"] in task
    assert reward.tip.number not in task
    assert reward.case.number not in task
    assert client.get(reverse("tips:reward", args=[reward.pk])).status_code == 404
    assert reward.claim_number not in client.get(reverse("tips:rewards")).content.decode()
