"""Reports to the province: whom they reach, and what the chief must know today."""

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import ProvinceReport
from tests.casework import walking
from tests.casework.walking import Walk
from tests.factories import casework as make
from workflows.models import WorkItem
from workflows.now import playing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work():
    with playing(make.MOMENT):
        yield


@pytest.fixture
def walk() -> Walk:
    """A concluded case whose report is due."""
    walk = Walk(make.handled_case())
    walking.investigated(walk)
    walking.decided(walk)
    walking.paid(walk)
    walking.concluded(walk)
    return walk


def client_of(account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def test_the_chief_sees_what_must_go_to_the_province(walk):
    chief = client_of(make.account(walk.case.bureau, "chief"))
    assert walk.case.number in chief.get(reverse("casework:overview")).content.decode()
    walking.reported(walk)
    assert walk.case.number not in chief.get(reverse("casework:overview")).content.decode()


def test_the_superior_sees_the_report_once_it_is_sent_and_nothing_of_the_case(walk):
    officer = walk.person("province_officer")
    client, report = client_of(officer), ProvinceReport.objects.get(case=walk.case)
    page = reverse("casework:province_report", args=[report.pk])
    assert client.get(page).status_code == 404
    walking.reported(walk)
    report.refresh_from_db()
    assert report.receipt_number in client.get(page).content.decode()
    assert walk.case.number in client.get(reverse("casework:province_reports")).content.decode()
    assert client.get(reverse("casework:document", args=[report.document_id])).status_code == 302
    assert client.get(reverse("casework:case", args=[walk.case.pk])).status_code == 404
    assert walk.case.number not in client.get(reverse("casework:cases")).content.decode()


def test_another_superior_sees_no_report(walk):
    walking.reported(walk)
    client = client_of(make.account(make.superior_bureau(), "province_officer"))
    report = ProvinceReport.objects.get(case=walk.case)
    assert client.get(reverse("casework:province_report", args=[report.pk])).status_code == 404
    assert client.get(reverse("casework:document", args=[report.document_id])).status_code == 404


def test_the_report_waits_in_the_superior_bureau_and_is_prefilled_from_the_case(walk):
    words = walking_words(walk)
    assert "54,000.00" in words["violations"] and "第三十八条" in words["basis"]
    walk.does("handler", "draft_report", **words)
    walk.does("leader", "send_report", report="send")
    walk.passes(seconds=1)
    item = make.work(walk.case, "acknowledge_report")
    assert item.unit_id == walk.case.bureau.superior_id


def test_a_document_that_is_not_stored_yet_is_told_to_be_prepared(walk):
    handler = client_of(walk.people["handler"])
    words = walking_words(walk)
    walk.does("handler", "draft_report", **words)
    walk.does("leader", "send_report", report="send")
    document = ProvinceReport.objects.get(case=walk.case).document
    assert handler.get(reverse("casework:document", args=[document.pk])).status_code == 409
    walk.passes(seconds=1)
    assert handler.get(reverse("casework:document", args=[document.pk])).status_code == 302
    assert walk.case.run.family.journal.filter(act="work_completed").exists()


def test_late_work_is_on_the_overview(walk):
    WorkItem.objects.filter(run=walk.case.run, status="open").update(due_at=make.MOMENT.replace(year=2024))
    chief = client_of(make.account(walk.case.bureau, "chief"))
    assert chief.get(reverse("casework:overview")).context["late"]


def walking_words(walk: Walk) -> dict[str, str]:
    from casework.services.draft_report_words import draft_words
    from casework.services.report_to_province import report_of

    return draft_words(report_of(make.work(walk.case, "draft_report")))
