"""Pages where a matter has child runs: each item's work under the matter's number, each run beside its parent."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account, Case
from casework.permissions import Role
from tests.factories import casework as make
from workflows.models import ChildGroup, Run, WorkItem
from workflows.now import playing

pytestmark = pytest.mark.django_db
NOW = make.MOMENT
COUNT = 14


@pytest.fixture(autouse=True)
def at_work() -> Iterator[None]:
    """The moment stands still."""
    with playing(NOW):
        yield


@pytest.fixture
def case() -> Case:
    """A case whose run waits for child runs with a task each; the first of them has ended."""
    made = make.handled_case()
    run = made.leading_run
    facts = {"run": run, "task_id": "900", "element_id": "each", "process_id": "part", "is_sequential": False}
    ChildGroup.objects.create(**facts, items=[], data={}, asks=[], count=COUNT, done_count=1, opened_at=NOW)
    for index in range(COUNT):
        child = _child(run, index)
        if index:
            _task(child)
    return made


def _child(run: Run, index: int) -> Run:
    return Run.objects.create(
        definition_id=run.definition_id,
        family_id=run.family_id,
        process_id="part",
        business_key=run.business_key,
        subject_kind=run.subject_kind,
        subject_id=run.subject_id,
        unit_id=run.unit_id,
        state=b"",
        status="running" if index else "ended",
        started_at=NOW,
        ended_at=None if index else NOW,
        parent=run,
        parent_task_id="900",
        parent_element_id="each",
        item_index=index,
    )


def _task(child: Run) -> WorkItem:
    return WorkItem.objects.create(
        run=child,
        family_id=child.family_id,
        task_id="1",
        element_id="look",
        label="Look at the shop",
        lane=Role.CHIEF,
        unit_id=child.unit_id,
        form="none",
        data={},
        offered_at=NOW,
    )


def page(account: Account, name: str, *args: object, query: str = "", language: str = "en") -> str:
    """A page that must open."""
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_officers_see_the_work_of_each_item_under_the_number_of_the_matter(case: Case) -> None:
    chief = make.account(case.bureau, Role.CHIEF)

    found = page(chief, "casework:my_work")

    assert found.count("Look at the shop</a>") == COUNT - 1
    assert found.count(f"{case.number} <span") == COUNT - 1
    assert "item 2<" in found and "第 2 项" in page(chief, "casework:my_work", language="zh-hans")


def test_the_page_of_the_matter_names_the_first_tasks_and_how_many_there_are(case: Case) -> None:
    found = page(make.account(case.bureau, Role.CHIEF), "casework:case", case.pk)

    open_now = WorkItem.objects.filter(family_id=case.leading_run.family_id, status="open").count()
    assert found.count("<dt>Now</dt>") == 13
    assert f"{open_now} open tasks in all" in found


def test_operators_go_from_the_parent_to_its_children_and_back(case: Case) -> None:
    operator, run = make.account(case.bureau, Role.OPERATOR), case.leading_run
    second = Run.objects.get(parent=run, item_index=1)

    parent = page(operator, "system:run", run.pk)
    assert "child runs" in parent and f"1 of {COUNT} done" in parent
    assert f"?parent={run.pk}" in parent
    listed = page(operator, "system:runs", query=f"?parent={run.pk}")
    assert listed.count(case.number) >= COUNT
    assert listed.index("item 1<") < listed.index("item 2<")
    child = page(operator, "system:run", second.pk)
    assert reverse("system:run", args=[run.pk]) in child and "item 2 of" in child
    assert "第 2 项" in page(operator, "system:run", second.pk, language="zh-hans")
    assert page(operator, "system:runs", query="?parent=nonsense")
