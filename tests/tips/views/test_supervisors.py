"""Social supervisors: appointments, personal codes, marked tips, counts that point at nobody."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.canaries import places
from tests.factories.tips import STORY, a_bureau, a_person, an_institution
from tests.tips.views.test_report import CODE
from tips.models import SocialSupervisor, Tip, TipIdentity
from tips.receipts import receipt_code
from tips.sealing import filing_keys, identity
from tips.services.register_supervisor import Appointment, give_code, register_supervisor
from tips.supervisors import Activity, activity, closed_year, fewest_on, supervisor_of_code
from workflows.errors import Invalid
from workflows.now import now
from workflows.rules.calendar import civil_date

pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def leader():  # type: ignore[no-untyped-def]
    return a_person("leader", "leader")


def appointed(leader, *, ended: int = -30, letter: str = "聘〔2025〕1号") -> SocialSupervisor:  # type: ignore[no-untyped-def]
    today = civil_date(now())
    letter_of = Appointment(
        bureau=a_bureau(),
        name="张监督",
        profession="律师",
        letter_number=letter,
        appointed_by="云河市医疗保障局",
        term_from=today - timedelta(days=90),
        term_until=today - timedelta(days=ended),
    )
    return register_supervisor(letter_of, actor=leader, now=now())


def report(client: Client, code: str, **more: object):  # type: ignore[no-untyped-def]
    entries = {
        "key": filing_keys.new_filing_key(),
        "target_name": "康宁",
        "institution": an_institution().code,
        "story": STORY,
        "consent": "on",
        "supervisor_code": code,
    }
    return client.post(reverse("tips:report"), {**entries, **more})


def test_a_tip_with_a_personal_code_is_marked_and_says_nowhere_whose_it_is(client: Client, leader) -> None:
    supervisor = appointed(leader)
    code = give_code(supervisor, actor=leader, now=now())

    assert report(client, receipt_code.grouped(code).lower()).status_code == 200

    tip = Tip.objects.get()
    assert tip.is_from_supervisor
    assert identity.known_supervisor(TipIdentity.objects.get(tip=tip)) == supervisor.pk
    assert identity.known_identity(tip) is None
    assert all(code.encode() not in content for _place, content in places.database())


def test_the_code_of_a_term_that_ended_is_refused_with_its_days(client: Client, leader) -> None:
    supervisor = appointed(leader, ended=1)
    code = give_code(supervisor, actor=leader, now=now())

    response = report(client, code)

    assert supervisor.term_until.isoformat() in str(response.context["form"].errors["supervisor_code"])
    assert not Tip.objects.exists()


@pytest.mark.parametrize("code", ["0000-0000-0000-0000-0000-00", "ABC", "x" * 60])
def test_a_code_of_nobody_is_refused_beside_the_entry(client: Client, leader, code: str) -> None:
    give_code(appointed(leader), actor=leader, now=now())

    assert "supervisor_code" in report(client, code).context["form"].errors


def test_a_new_code_makes_the_old_one_useless(leader) -> None:
    supervisor = appointed(leader)
    old, new = (give_code(supervisor, actor=leader, now=now()) for _ in range(2))

    assert supervisor_of_code(old) is None
    assert supervisor_of_code(new) == supervisor


def test_few_tips_are_not_counted_one_by_one(client: Client, leader) -> None:
    supervisor = appointed(leader)
    code = give_code(supervisor, actor=leader, now=now())
    today = civil_date(now())
    seen, fewest = [], fewest_on(today)
    for _ in range(fewest):
        report(client, code)
        seen.append(activity([supervisor], today - timedelta(days=1), today)[supervisor.pk])

    assert [one.is_counted for one in seen] == [False] * (fewest - 1) + [True]
    assert (seen[-1].tips, seen[-1].open) == (fewest, fewest)


def test_however_many_tips_are_counted_the_database_is_asked_once(
    client: Client, leader, django_assert_num_queries
) -> None:
    supervisor = appointed(leader)
    code = give_code(supervisor, actor=leader, now=now())
    for _number in range(3):
        report(client, code)
    today = civil_date(now())

    with django_assert_num_queries(1):
        found = activity([supervisor], today - timedelta(days=1), today)

    assert found[supervisor.pk].tips == 3


def counts_of(client: Client, leader) -> list[object]:  # type: ignore[no-untyped-def]
    client.force_login(leader)
    return [counts for _one, _in_term, counts in client.get(reverse("tips:supervisors")).context["rows"]]


def test_the_page_stays_as_it_is_when_a_further_tip_arrives_or_is_decided(client: Client, leader) -> None:
    code = give_code(appointed(leader), actor=leader, now=now())
    fewest = fewest_on(civil_date(now()))
    for _ in range(fewest + 1):
        report(client, code)
    last_year = closed_year(civil_date(now()))[1]
    noon = now().replace(year=last_year.year, month=6, day=1)
    Tip.objects.update(entered_at=noon)
    before = counts_of(client, leader)

    report(client, code)
    late = Tip.objects.filter(entered_at=noon).values("pk")
    Tip.objects.filter(pk__in=late).update(is_filed=True, decided_at=now())

    assert before == [Activity(True, fewest + 1, open=fewest + 1)]
    assert counts_of(client, leader) == before


def test_no_part_of_a_count_is_smaller_than_the_smallest_number(client: Client, leader) -> None:
    supervisor = appointed(leader)
    fewest = fewest_on(civil_date(now()))
    code = give_code(supervisor, actor=leader, now=now())
    for _ in range(fewest + 1):
        report(client, code)
    noon = now().replace(year=closed_year(civil_date(now()))[0].year, month=6, day=1)
    Tip.objects.update(entered_at=noon, is_filed=True, decided_at=noon)
    Tip.objects.filter(pk=Tip.objects.order_by("pk")[0].pk).update(is_filed=False)

    assert counts_of(client, leader) == [Activity(True, fewest + 1, filed=fewest)]
    page = client.get(reverse("tips:supervisors"), headers={"accept-language": "en"}).content.decode()
    assert f"filed {fewest}, not filed fewer than {fewest}, open fewer than {fewest}" in page


def test_tips_of_other_bureaus_are_neither_opened_nor_counted(client: Client, leader, monkeypatch) -> None:
    supervisor = appointed(leader)
    fewest = fewest_on(civil_date(now()))
    code = give_code(supervisor, actor=leader, now=now())
    for _ in range(fewest):
        report(client, code)
    Tip.objects.update(bureau=a_bureau("邻市医疗保障局"))
    monkeypatch.setattr(identity, "known_supervisor", lambda _stored: pytest.fail("opened"))

    assert not activity([supervisor], date(2000, 1, 1), civil_date(now()))[supervisor.pk].is_counted


def test_a_letter_of_appointment_is_entered_once_and_a_term_has_an_order(leader) -> None:
    first = appointed(leader)
    with pytest.raises(Invalid):
        appointed(leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialSupervisor.objects.filter(pk=first.pk).update(term_until=first.term_from - timedelta(days=1))


def test_a_leader_enters_an_appointment_and_hands_the_code_over_once(client: Client, leader) -> None:
    a_bureau()
    client.force_login(leader)
    letter = {
        "name": "李监督",
        "profession": "记者",
        "letter_number": "聘〔2025〕2号",
        "appointed_by": "云河市医疗保障局",
        "term_from": "2025-01-01",
        "term_until": "2035-12-31",
    }
    added = client.post(reverse("tips:supervisor_add"), letter)
    again = client.post(reverse("tips:supervisor_add"), letter)
    made = SocialSupervisor.objects.get()
    shown = client.post(reverse("tips:supervisor_code", args=[made.pk]))
    page = client.get(reverse("tips:supervisors")).content.decode()

    assert added.status_code == 302
    assert again.status_code == 422
    assert "no-store" in shown["Cache-Control"]
    assert "李监督" in page
    assert not CODE.search(page)


def test_intake_officers_see_who_is_appointed_but_no_counts(client: Client, leader) -> None:
    appointed(leader)
    client.force_login(a_person("intake", "intake_officer"))
    page = client.get(reverse("tips:supervisors"))

    assert "张监督" in page.content.decode()
    assert [counts for _one, _in_term, counts in page.context["rows"]] == [None]
    made = SocialSupervisor.objects.get()
    assert client.post(reverse("tips:supervisor_code", args=[made.pk])).status_code == 404
