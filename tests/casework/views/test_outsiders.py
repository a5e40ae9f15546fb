"""Who is outside a case gets 404, whatever the way in; a view without a declared rule fails here."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from casework.models import Account, Document
from casework.permissions import Permission, grant_case
from casework.services.add_evidence import add_small_file
from tests.factories import casework as make
from workflows.now import playing

pytestmark = pytest.mark.django_db
OURS = ("casework.", "enforcement.", "tips.", "workflows.")
TABS = ("facts", "timeline", "clocks", "process", "findings", "evidence", "documents", "people", "money")


@pytest.fixture
def at_work():
    with playing(make.MOMENT):
        yield


@pytest.fixture
def world(at_work) -> SimpleNamespace:
    """A handled case with evidence and a document, its handler, and people outside it."""
    case = make.handled_case()
    handler = make.handler_of(case)
    evidence = add_small_file(
        actor=handler,
        case=case,
        kind="documentary",
        title="病历",
        key=make.key(),
        now=make.MOMENT,
        file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 words"),
    )
    document = Document.objects.create(
        kind="penalty_notice",
        subject_kind="case",
        subject_id=case.pk,
        bureau=case.bureau,
        number=make.key(),
        title="告知书",
        context={},
        issued_on="2025-03-12",
        issued_by=handler,
        object_key="x",
        stored_at=make.MOMENT,
    )
    return SimpleNamespace(case=case, handler=handler, evidence=evidence, document=document)


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def addresses(world: SimpleNamespace) -> list[str]:
    case, evidence = world.case, world.evidence
    return [
        reverse("casework:case", args=[case.pk]),
        *(reverse("casework:case_part", args=[case.pk, tab]) for tab in TABS),
        reverse("casework:evidence_add", args=[case.pk]),
        reverse("casework:evidence", args=[evidence.pk]),
        reverse("casework:evidence_custody", args=[evidence.pk]),
        reverse("casework:document", args=[world.document.pk]),
        reverse("casework:task", args=[make.work(case, "investigate").pk]),
    ]


def test_the_handler_may_open_every_address_of_the_case(world):
    client = client_of(world.handler)
    for address in addresses(world):
        assert client.get(address).status_code in (200, 302), address


@pytest.mark.parametrize("role", ["case_handler", "leader", "legal_reviewer", "finance", "intake_officer"])
def test_a_colleague_without_a_grant_gets_404_everywhere(world, role):
    client = client_of(make.account(world.case.bureau, role))
    for address in addresses(world):
        assert client.get(address).status_code == 404, address


def test_the_chief_of_another_bureau_and_the_superior_see_nothing_of_the_case(world):
    other = make.bureau()
    for outsider in (
        make.account(other, "chief", "auditor"),
        make.account(world.case.bureau.superior, "province_officer", "chief"),
    ):
        client = client_of(outsider)
        assert client.get(reverse("casework:case", args=[world.case.pk])).status_code == 404
        assert world.case.number not in client.get(reverse("casework:cases")).content.decode()


def test_lists_and_search_hide_the_case_from_outsiders_and_show_it_to_its_people(world):
    name = world.case.parties.get().name
    for address in (
        reverse("casework:cases"),
        reverse("casework:cases") + f"?q={name[:4]}",
        reverse("casework:search") + f"?q={name[:4]}",
        reverse("casework:search") + "?q=分解",
        reverse("casework:my_work"),
    ):
        assert world.case.number in client_of(world.handler).get(address).content.decode(), address
        stranger = client_of(make.account(world.case.bureau, "case_handler"))
        assert world.case.number not in stranger.get(address).content.decode(), address


def test_chief_and_auditor_of_the_bureau_see_the_case_by_role(world):
    for role in ("chief", "auditor"):
        client = client_of(make.account(world.case.bureau, role))
        assert client.get(reverse("casework:case", args=[world.case.pk])).status_code == 200
        assert world.case.number in client.get(reverse("casework:cases")).content.decode()


def test_looking_is_not_handling(world):
    auditor = make.account(world.case.bureau, "auditor")
    client = client_of(auditor)
    address = reverse("casework:evidence_begin", args=[world.case.pk])
    assert client.post(address, {"name": "a"}, content_type="application/json").status_code == 404
    assert client.get(reverse("casework:evidence_add", args=[world.case.pk])).status_code == 404


def test_finance_holds_only_the_grant_to_pay(world):
    payer = make.account(world.case.bureau, "finance")
    grant_case(payer, world.case, Permission.PAY)
    client = client_of(payer)
    assert client.get(reverse("casework:case", args=[world.case.pk])).status_code == 404
    assert client.get(reverse("casework:ledgers")).status_code == 200


def test_pages_of_a_role_are_closed_to_other_roles(world):
    client = client_of(world.handler)
    for name in ("overview", "ledgers", "journal"):
        assert client.get(reverse(f"casework:{name}")).status_code == 404
    for role, name in (("chief", "overview"), ("auditor", "journal"), ("auditor", "ledgers")):
        there = client_of(make.account(world.case.bureau, role))
        assert there.get(reverse(f"casework:{name}")).status_code == 200


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(world):
    for address in addresses(world):
        answer = Client().get(address)
        assert answer.status_code == 302 and reverse("account_login") in answer.url


def test_every_view_of_ours_declares_its_rule():
    bare = [
        pattern.lookup_str
        for pattern in _patterns(get_resolver())
        if pattern.lookup_str.startswith(OURS) and not hasattr(pattern.callback, "access_rule")
    ]
    assert not bare


def _patterns(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry)
        else:
            yield entry


def test_a_look_at_the_case_is_in_the_journal(world):
    client_of(world.handler).get(reverse("casework:case", args=[world.case.pk]))
    entry = world.case.run.journal.get(act="case_viewed")
    assert entry.actor == world.handler
