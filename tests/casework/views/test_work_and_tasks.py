"""My work and the page of a task: taking, doing, refusals that keep what was typed."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import casework as make
from workflows.models import WorkItem
from workflows.now import playing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work():
    with playing(make.MOMENT):
        yield


@pytest.fixture
def case():
    return make.handled_case()


def client_of(account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def address(item: WorkItem) -> str:
    return reverse("casework:task", args=[item.pk])


def test_the_list_shows_the_work_with_its_legal_deadline(case):
    page = client_of(make.handler_of(case)).get(reverse("casework:my_work")).content.decode()
    assert case.number in page and "2025-06-10" in page


def test_htmx_gets_the_rows_alone(case):
    client = client_of(make.handler_of(case))
    rows = client.get(reverse("casework:my_work"), headers={"HX-Request": "true"}).content.decode()
    assert case.number in rows and "<html" not in rows


def test_work_is_taken_before_its_file_opens_and_can_be_given_back(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    closed = client.get(address(item)).content.decode()
    assert case.summary not in closed
    client.post(reverse("casework:claim", args=[item.pk]), {"key": uuid4()})
    assert case.summary in client.get(address(item)).content.decode()
    colleague = client_of(case.handlers.order_by("id")[1].officer.account)
    assert colleague.get(address(item)).status_code == 409
    client.post(reverse("casework:release", args=[item.pk]), {"key": uuid4()})
    assert colleague.get(address(item)).status_code == 200


def test_a_claim_by_a_leader_opens_the_case_to_the_leader(case):
    leader = make.account(case.bureau, "leader")
    client = client_of(leader)
    with playing(make.MOMENT):
        from tests.casework.walking import Walk

        Walk(case).does("handler", "investigate", final_report="报告")
    item = make.work(case, "approve_investigation")
    assert client.get(reverse("casework:case", args=[case.pk])).status_code == 404
    client.post(reverse("casework:claim", args=[item.pk]), {"key": uuid4()})
    assert client.get(reverse("casework:case", args=[case.pk])).status_code == 200


def test_doing_the_work_leads_back_to_the_list(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    answer = client.post(address(item), {"key": uuid4(), "final_report": "事实清楚"})
    assert answer.url == reverse("casework:my_work")
    item.refresh_from_db()
    assert item.status == WorkItem.Status.COMPLETED


def test_a_part_of_the_work_leads_back_to_the_same_page(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    answer = client.post(address(item), _finding(case))
    assert answer.url == address(item)
    assert case.findings.count() == 1


def test_a_missing_entry_keeps_what_was_typed_and_the_key(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    posted = _finding(case) | {"conduct": ""}
    answer = client.post(address(item), posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "一次住院分两次结算" in page and str(posted["key"]) in page


def test_a_refusal_of_the_law_stands_beside_its_field(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    answer = client.post(address(item), _finding(case) | {"multiple": "3.00"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"multiple"}
    assert "¥108,000.00" in answer.content.decode()


def test_sending_the_same_form_twice_does_it_once(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    posted = _finding(case)
    assert [client.post(address(item), posted).status_code for _ in range(2)] == [302, 302]
    assert case.findings.count() == 1


def test_work_that_somebody_finished_says_so(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    client.post(address(item), {"key": uuid4(), "final_report": "事实清楚"})
    answer = client.post(address(item), {"key": uuid4(), "final_report": "第二次"})
    assert answer.status_code == 409
    case.refresh_from_db()
    assert case.final_report == "事实清楚"


def test_separation_of_duties_is_told_in_a_sentence(case):
    from tests.casework.walking import Walk, investigated

    investigated(Walk(case))
    handler = make.handler_of(case)
    handler.lane_memberships.create(lane="legal_reviewer", unit_id=case.bureau_id, starts_at=make.MOMENT)
    item = make.work(case, "legal_review")
    client = client_of(handler)
    assert client.get(address(item)).status_code == 403
    assert str(item.pk) not in client.get(reverse("casework:my_work")).content.decode()


def test_a_stranger_learns_nothing_from_posting(case):
    item = make.work(case, "investigate")
    stranger = client_of(make.account(case.bureau, "case_handler"))
    assert stranger.post(address(item), {"final_report": "x"}).status_code == 404
    assert stranger.post(reverse("casework:claim", args=[item.pk])).status_code == 404
    assert stranger.post(reverse("casework:release", args=[item.pk])).status_code == 404


def test_the_upload_by_script_speaks_the_protocol_of_the_page(case):
    import hashlib

    import urllib3

    client, body = client_of(make.handler_of(case)), b"%PDF-1.7 x"
    told = {"name": "a.pdf", "size": len(body), "media_type": "", "sha256": hashlib.sha256(body).hexdigest()}
    begin = reverse("casework:evidence_begin", args=[case.pk])
    plan = client.post(begin, told, content_type="application/json").json()
    assert urllib3.PoolManager().request("PUT", plan["parts"][0]["url"], body=body).status == 200
    stored = client.post(plan["complete_url"], {"parts": []}, content_type="application/json").json()["file"]
    form = {"key": uuid4(), "kind": "expert", "title": "鉴定意见", "files_stored": stored}
    assert client.post(reverse("casework:evidence_add", args=[case.pk]), form).status_code == 302
    assert case.evidence.get().kind == "expert"
    refused = client.post(begin, told | {"size": 0}, content_type="application/json")
    assert refused.status_code == 422 and refused.json()["code"] == "evidence_refused"


def test_without_javascript_the_file_comes_with_the_form(case):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(make.handler_of(case))
    add = reverse("casework:evidence_add", args=[case.pk])
    form = {"key": uuid4(), "kind": "documentary", "title": "病历"}
    assert client.post(add, form).status_code == 422
    bad = client.post(add, form | {"files": SimpleUploadedFile("a.exe", b"MZ\x90")})
    assert bad.status_code == 422 and "病历" in bad.content.decode()
    good = client.post(add, form | {"files": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert good.status_code == 302
    assert case.evidence.filter(state="stored").count() == 1


def test_every_form_of_every_page_carries_a_key(case):
    client, item = client_of(make.handler_of(case)), make.work(case, "investigate")
    client.post(reverse("casework:claim", args=[item.pk]), {"key": uuid4()})
    page = client.get(address(item)).content.decode()
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.S) if 'method="post"' in form]
    ours = [
        form
        for form in forms
        if "csrfmiddlewaretoken" in form and "/accounts/" not in form and "/i18n/" not in form
    ]
    assert ours and all('name="key"' in form for form in ours)


def _finding(case) -> dict[str, object]:
    return {
        "key": uuid4(),
        "act": "record_finding",
        "party": case.parties.get().pk,
        "conduct": "分解住院",
        "facts": "一次住院分两次结算",
        "article": "38",
        "loss_amount": "54000.00",
        "multiple": "1.00",
        "occurred_from": "2024-06-01",
        "occurred_until": "2024-09-30",
    }
