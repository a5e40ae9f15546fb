"""Lists of few cases among many: right, and with the same number of queries however many there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import Bureau
from casework.selectors import search_cases, search_institutions, visible_cases
from tests.factories import casework as make
from workflows.now import playing

pytestmark = pytest.mark.django_db


def bureau_with(count: int) -> Bureau:
    of = make.bureau(superior=make.superior_bureau())
    handlers = [make.officer(of), make.officer(of)]
    for _ in range(count):
        make.handled_case(of, handlers=handlers)
    return of


def queries(of: Bureau, name: str) -> int:
    handler = of.accounts.filter(officer__isnull=False).order_by("id")[0]
    client = Client()
    client.force_login(handler)
    with (
        playing(make.MOMENT),
        CaptureQueriesContext(
            connection,
        ) as captured,
    ):
        assert client.get(reverse(name)).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["casework:my_work", "casework:cases"])
def test_a_list_takes_the_same_queries_for_two_and_for_six_cases(name):
    few, many = bureau_with(2), bureau_with(6)
    queries(few, name)  # fills the caches of the process
    assert queries(few, name) == queries(many, name)


def test_granted_cases_come_first_as_ids_and_then_as_rows():
    of = bureau_with(2)
    stranger = make.account(of, "case_handler")
    handler = of.accounts.filter(officer__isnull=False).order_by("id")[0]
    assert visible_cases(stranger, make.MOMENT).count() == 0
    found = visible_cases(handler, make.MOMENT)
    assert found.count() == 2
    assert "= ANY((ARRAY(" in str(found.query)


def test_a_chief_who_is_lent_sees_the_other_bureaus_case_too():
    from casework.permissions import Permission, grant_case

    of, other = bureau_with(1), bureau_with(1)
    chief = make.account(of, "chief")
    assert visible_cases(chief, make.MOMENT).count() == 1
    from casework.models import Case

    grant_case(chief, Case.objects.get(bureau=other), Permission.VIEW)
    assert visible_cases(chief, make.MOMENT).count() == 2


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("仁济", 1),
        ("云河仁济医院", 1),
        ("分解住院", 1),
        ("〔2025〕1号", 1),
        ("济仁", 0),
        ("仁", 0),
        ("%", 0),
        ("__", 0),
    ],
)
def test_search_finds_pairs_of_characters_and_takes_no_wildcards(words, hits):
    of = bureau_with(1)
    handler = of.accounts.filter(officer__isnull=False).order_by("id")[0]
    assert search_cases(handler, words, make.MOMENT).count() == hits


def test_institutions_are_found_by_two_characters():
    made = make.institution(make.bureau())
    assert list(search_institutions("仁济")) == [made]
    assert not search_institutions("济仁").exists()
