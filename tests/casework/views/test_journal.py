"""The auditor's journal says where entries are sealed and hands out proofs; everybody may have the heads."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import casework as make
from workflows.models import JournalHead
from workflows.now import playing
from workflows.sealing.heads import published
from workflows.sealing.sealer import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SimpleNamespace:
    """A case and the auditor of its bureau."""
    with playing(make.MOMENT):
        case = make.case()
        auditor = make.account(case.bureau, "auditor")
        client = Client(headers={"accept-language": "en"})
        client.force_login(auditor)
        yield SimpleNamespace(case=case, client=client, entry=case.run.journal.order_by("id")[0])


def page(world: SimpleNamespace) -> str:
    """The journal as the auditor sees it."""
    return world.client.get(reverse("casework:journal")).content.decode()


def test_the_journal_says_where_each_entry_is_sealed(world: SimpleNamespace) -> None:
    link = reverse("casework:journal_proof", args=[world.entry.pk])
    assert "not yet" in page(world) and link not in page(world)

    seal(make.MOMENT)
    assert "batch 1" in page(world) and link in page(world)

    seal(make.MOMENT + timedelta(days=1))
    assert "head of 2025-03-12" in page(world)


def test_an_auditor_takes_the_proof_of_an_entry_and_that_is_an_entry(world: SimpleNamespace) -> None:
    address = reverse("casework:journal_proof", args=[world.entry.pk])
    assert world.client.get(address).status_code == 409
    seal(make.MOMENT)

    answer = world.client.get(address)

    assert answer["Content-Disposition"] == f'attachment; filename="journal-proof-{world.entry.pk}.json"'
    assert json.loads(json.loads(answer.content)["entries"][0]["entry"])["id"] == world.entry.pk
    taken = world.case.run.family.journal.get(act="journal_proof_taken")
    assert taken.details == {"entry": world.entry.pk}


def test_no_proof_of_another_bureaus_entries_is_given(world: SimpleNamespace) -> None:
    seal(make.MOMENT)
    stranger = Client()
    stranger.force_login(make.account(make.bureau(), "auditor"))

    for entry in (world.entry.pk, 0):
        assert stranger.get(reverse("casework:journal_proof", args=[entry])).status_code == 404


def test_everybody_may_have_the_heads(world: SimpleNamespace) -> None:
    seal(make.MOMENT)
    seal(make.MOMENT + timedelta(days=1))
    address, head = reverse("casework:journal_heads"), published(JournalHead.objects.get())

    assert Client().get(address).json() == {"public_key": head["public_key"], "heads": [head]}
    assert Client().get(address, {"day": "2025-03-12"}).json() == head
    for unknown in ("2025-03-13", "yesterday"):
        assert Client().get(address, {"day": unknown}).status_code == 404
