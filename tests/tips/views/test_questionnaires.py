"""Questionnaires in the report: chosen by target and region, answers sealed, versions decided by two people."""

from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from tests.factories.tips import STORY, a_bureau, a_person, an_institution
from tips.models import Questionnaire, Tip
from tips.questionnaires import answers_in_words, questionnaire_for
from tips.sealing import contents, filing_keys
from tips.services.questionnaires import (
    Draft,
    decide_questionnaire,
    draft_questionnaire,
    load_shipped,
    region_of,
)
from workflows.errors import Invalid
from workflows.now import now
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")
LABEL = {"zh-hans": "床位号", "en": "Bed"}
CONTENT = {"title": LABEL, "questions": [{"id": "bed", "kind": "text", "label": LABEL, "required": True}]}


@pytest.fixture(autouse=True)
def shipped(db: None) -> None:
    a_bureau()
    assert load_shipped(now()) == 3
    assert load_shipped(now()) == 0


@pytest.fixture
def people() -> dict[str, Any]:
    return {
        "intake": a_person("intake", "intake_officer"),
        "leader": a_person("leader", "leader", "intake_officer"),
    }


def drafted(actor, *, starts: int = 0, content: dict[str, Any] = CONTENT) -> Questionnaire:  # type: ignore[no-untyped-def]
    draft = Draft(
        target_kind="hospital", valid_from=civil_date(now()) + timedelta(days=starts), content=content
    )
    return draft_questionnaire(draft, bureau=a_bureau(), actor=actor, now=now())


def approved(people, **how: Any) -> Questionnaire:  # type: ignore[no-untyped-def]
    made = drafted(people["intake"], **how)
    return decide_questionnaire(made, approved=True, reasons="", actor=people["leader"], now=now())


def report(client: Client, **more: object):  # type: ignore[no-untyped-def]
    entries = {
        "key": filing_keys.new_filing_key(),
        "target_name": "康宁",
        "institution": an_institution().code,
        "story": STORY,
        "consent": "on",
    }
    return client.post(reverse("tips:report"), {**entries, **more})


def words_of(tip: Tip):  # type: ignore[no-untyped-def]
    return contents.open_words(tip, contents.content_key(tip))


def test_answers_are_sealed_with_the_version_that_was_asked(client: Client) -> None:
    report(client, q_ward="康复科三楼", q_patients="23", q_evidence=["bills", "stock"], q_is_going_on="yes")

    tip = Tip.objects.get()
    words = words_of(tip)
    asked = Questionnaire.objects.get(target_kind="hospital")
    assert (words.questionnaire, words.questionnaire_version) == (asked.pk, 1)
    assert words.answers == {
        "ward": "康复科三楼",
        "patients": "23",
        "evidence": ["bills", "stock"],
        "is_going_on": "yes",
    }
    assert "康复科三楼".encode() not in bytes(tip.sealed_words)
    assert answers_in_words(words)[0][1] == "康复科三楼"


def test_nothing_need_be_answered_and_a_wrong_answer_opens_the_step(client: Client) -> None:
    wrong = report(client, q_patients="many")
    report(client)

    assert set(wrong.context["form"].errors) == {"q_patients"}
    assert wrong.context["place"].at == "questions"
    assert words_of(Tip.objects.get()).answers == {}


def test_the_questions_follow_the_kind_of_target(client: Client) -> None:
    url = reverse("tips:report_questions")
    asked = {
        kind: client.post(url, {"target_kind": kind}).content.decode()
        for kind in ("hospital", "pharmacy", "insured_person", "employer")
    }
    listed = client.post(url, {"target_kind": "pharmacy", "institution": an_institution().code})

    assert "q_ward" in asked["hospital"]
    assert "q_bought" in asked["pharmacy"]
    assert "q_places" in asked["insured_person"]
    assert "q_" not in asked["employer"]
    assert "q_ward" in listed.content.decode()


def test_a_version_of_the_region_takes_the_place_of_the_national_one(client: Client, people) -> None:
    own = approved(people)

    refused = report(client)
    report(client, q_bed="12 床")

    assert set(refused.context["form"].errors) == {"q_bed"}
    assert words_of(Tip.objects.get()).questionnaire == own.pk
    assert questionnaire_for("hospital", "110000", civil_date(now())).region_code == ""  # type: ignore[union-attr]


def test_a_version_is_asked_from_its_day_on(people) -> None:
    later, today = approved(people, starts=5), civil_date(now())
    region = a_bureau().region_code

    assert questionnaire_for("hospital", region, today + timedelta(days=4)) != later
    assert questionnaire_for("hospital", region, today + timedelta(days=5)) == later
    assert questionnaire_for("hospital", region, date(1999, 1, 1)) is None


def test_answers_stay_readable_under_their_version(client: Client, people) -> None:
    report(client, q_ward="康复科")
    approved(people)

    assert answers_in_words(words_of(Tip.objects.get()))[0][1] == "康复科"


def test_nobody_approves_an_own_draft_or_decides_twice(people) -> None:
    own = drafted(people["leader"])
    with pytest.raises(Invalid):
        decide_questionnaire(own, approved=True, reasons="", actor=people["leader"], now=now())
    with pytest.raises(Invalid):
        approved(people, starts=-1)
    made = approved(people)
    with pytest.raises(Invalid):
        decide_questionnaire(made, approved=False, reasons="不妥", actor=people["leader"], now=now())


def test_a_region_is_the_part_of_the_code_that_all_share() -> None:
    assert region_of(a_bureau("甲", region_code="440000")) == "44"
    assert region_of(a_bureau("乙", region_code="445100")) == "4451"
    assert region_of(a_bureau("丙", region_code="445102")) == "445102"


def test_an_officer_writes_and_a_leader_approves_on_the_page(client: Client, people) -> None:
    pattern = Questionnaire.objects.get(target_kind="hospital")
    client.force_login(people["intake"])
    page = client.get(reverse("tips:questionnaire_new", args=[pattern.pk]))
    entries = {
        "target_kind": "hospital",
        "valid_from": civil_date(now()).isoformat(),
        "content": yaml.safe_dump(CONTENT, allow_unicode=True),
    }
    broken = client.post(
        reverse("tips:questionnaire_new", args=[pattern.pk]), {**entries, "content": "title: [\nx"}
    )
    wrong = client.post(
        reverse("tips:questionnaire_new", args=[pattern.pk]), {**entries, "content": "title: x"}
    )
    client.post(reverse("tips:questionnaire_new", args=[pattern.pk]), entries)
    made = Questionnaire.objects.get(state="proposed")
    client.force_login(people["leader"])
    seen = client.get(reverse("tips:questionnaire", args=[made.pk])).content.decode()
    client.post(reverse("tips:questionnaire", args=[made.pk]), {"decision": "approve"})

    assert "ward" in page.content.decode()
    assert (broken.status_code, wrong.status_code) == (422, 422)
    assert 'name="decision"' in seen
    assert Questionnaire.objects.get(pk=made.pk).state == "approved"
