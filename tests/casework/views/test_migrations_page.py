"""The page of migrations: what was carried over, what is left, and a trial that changes nothing."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case
from casework.permissions import Role
from tests.factories import casework as make
from workflows import definitions
from workflows.migrating import batch
from workflows.models import Definition, Run, RunMigration
from workflows.now import playing

pytestmark = pytest.mark.django_db
NOW = make.MOMENT


@pytest.fixture(autouse=True)
def at_work() -> Iterator[None]:
    """The moment stands still."""
    with playing(NOW):
        yield


@pytest.fixture
def case() -> Case:
    """A case that is being investigated, under a version that is no longer current."""
    made = make.handled_case()
    files = definitions.sources()
    text = files["case_handling.bpmn"].decode().replace('"investigate"', '"look_into"')
    text = text.replace(">investigate<", ">look_into<")
    changed = {**files, "case_handling.bpmn": text.encode()}
    definitions.publish(changed, ["case_handling"], now=NOW)
    return made


def client_of(case: Case, *roles: str) -> Client:
    """A browser of somebody who holds the roles in the bureau."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(make.account(case.bureau, *roles))
    return client


def test_a_trial_says_what_would_change_and_changes_nothing(case: Case) -> None:
    assert case.run is not None
    operator, old = client_of(case, Role.OPERATOR), case.run.definition_id
    address = reverse("system:migrations")
    assert "v1 → v2: 1 run" in operator.get(address).content.decode()

    refused = operator.post(address, {"versions": old}).content.decode()
    assert "1 of 1 runs were tried: 0 can be carried over" in refused
    tried = operator.post(address, {"versions": old, "renamed": "investigate=look_into"}).content.decode()

    assert "1 of 1 runs were tried: 1 can be carried over" in tried
    assert "migrate_runs case_handling --from 1 --to 2 --rename investigate=look_into --apply" in tried
    assert Run.objects.get(pk=case.run.pk).definition_id == old and not RunMigration.objects.exists()
    assert operator.post(address, {"versions": old, "renamed": "nonsense"}).status_code == 422


def test_a_migration_says_how_far_it_came_and_what_can_be_put_back(case: Case) -> None:
    assert case.run is not None
    target = Definition.objects.get(process_id="case_handling", is_current=True)
    renamed = {"investigate": "look_into"}
    plan = batch.plan(case.run.definition, target, renamed, reason="统一环节标识", by=None, now=NOW)
    assert batch.migrate_all(plan, actor=None, now=NOW, say=lambda number, of: None).done == 1
    auditor = client_of(case, Role.AUDITOR)

    listed = auditor.get(reverse("system:migrations")).content.decode()
    page = auditor.get(reverse("system:migration", args=[plan.pk])).content.decode()

    assert "统一环节标识" in listed and "investigate → look_into" in page
    assert "carried over, can be put back" in page and f"--undo {plan.pk}" in page
    assert auditor.post(reverse("system:migrations"), {"versions": ""}).status_code == 422
    batch.undo_all(plan, actor=None, now=NOW, say=lambda number, of: None)
    assert "put back" in auditor.get(reverse("system:migration", args=[plan.pk])).content.decode()


def test_another_bureau_sees_nothing_of_it(case: Case) -> None:
    assert case.run is not None
    target = Definition.objects.get(process_id="case_handling", is_current=True)
    plan = batch.plan(
        case.run.definition, target, {"investigate": "look_into"}, reason="统一", by=None, now=NOW
    )
    batch.migrate_all(plan, actor=None, now=NOW, say=lambda number, of: None)
    stranger = Client()
    stranger.force_login(make.account(make.bureau(), Role.OPERATOR))

    assert stranger.get(reverse("system:migration", args=[plan.pk])).status_code == 404
    assert "统一" not in stranger.get(reverse("system:migrations")).content.decode()
