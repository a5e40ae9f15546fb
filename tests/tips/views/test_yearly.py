"""The pages of the yearly report: of officials by role, and the public one only while it is published."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework.models import Account
from tests.factories.tips import a_person
from tests.tips.services.test_yearly_report import APPROVED, MARCH, begun, tips
from tests.tips.working import do
from tips.models import YearlyTipReport
from tips.services.report_year import publish_report
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def report(people) -> YearlyTipReport:
    tips(6)
    made = begun()
    do(people["intake"], made.run, "draft_tip_report", {"remarks": "内部说明一句"}, MARCH)
    do(people["leader"], made.run, "approve_tip_report", APPROVED, MARCH)
    return made


def client_of(account: Account) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(account)
    return client


def page(client: Client, name: str, *args: object) -> str:
    with playing(MARCH):
        return client.get(reverse(f"tips:{name}", args=args)).content.decode()


def test_the_public_page_shows_figures_only_while_they_are_published(people, report) -> None:
    citizen, leader = Client(HTTP_ACCEPT_LANGUAGE="en"), client_of(people["leader"])
    assert "Nothing has been published yet" in page(citizen, "last_year")
    assert reverse("tips:last_year") not in page(citizen, "information")
    assert reverse("tips:last_year") not in page(citizen, "reward_information")

    with playing(MARCH):
        leader.post(reverse("tips:yearly_report_publish", args=[report.pk]), {"key": "k"})
    shown = page(citizen, "last_year")
    assert f"What became of the reports of {report.year}" in shown and ">6<" in shown
    assert "内部说明" not in shown
    for name in ("information", "reward_information"):
        assert reverse("tips:last_year") in page(citizen, name)

    with playing(MARCH):
        address = reverse("tips:yearly_report_withdraw", args=[report.pk])
        assert leader.post(address, {"key": "w", "reasons": ""}).status_code == 422
        leader.post(address, {"key": "w", "reasons": "口径有误，暂停公开"})
    assert "Nothing has been published yet" in page(citizen, "last_year")


def test_the_public_page_speaks_chinese(people, report) -> None:
    publish_report(report, actor=people["leader"], key="k", now=MARCH)
    with translation.override("zh-hans"):
        shown = Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get(reverse("tips:last_year")).content.decode()

    assert f"{report.year}年举报处理情况" in shown and "按渠道" in shown and "What became" not in shown


def test_officials_without_the_role_find_nothing(people, report) -> None:
    for outsider in (people["finance"], people["handler"], a_person("fremd", "leader", bureau=None)):
        client = client_of(outsider)
        with playing(MARCH):
            status = client.get(reverse("tips:yearly_report", args=[report.pk])).status_code
        assert status == (200 if outsider.username == "fremd" else 404)


def test_page_and_files_hold_the_same_figures(people, report) -> None:
    client = client_of(people["auditor"])
    shown = page(client, "yearly_report", report.pk)

    assert "内部说明一句" in shown and "Publish the report" not in shown
    with playing(MARCH):
        workbook = client.get(reverse("tips:yearly_report_xlsx", args=[report.pk]))
        paper = client.get(reverse("tips:yearly_report_pdf", args=[report.pk]))
    assert workbook.content[:2] == b"PK" and paper.status_code == 302


def test_before_the_approval_the_paper_is_a_draft(people) -> None:
    tips(6)
    made = begun()
    client = client_of(people["intake"])
    assert "Nothing has been drafted yet" in page(client, "yearly_report", made.pk)
    do(people["intake"], made.run, "draft_tip_report", {"remarks": ""}, MARCH)

    with playing(MARCH):
        paper = client.get(reverse("tips:yearly_report_pdf", args=[made.pk]))
    assert paper.content[:5] == b"%PDF-"
