"""Every way to a task, tried by somebody whom the separation of duties keeps from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casework.models import Account
from casework.task_pages import perform_task
from tests.duties.matters import Matter
from tests.factories import casework as make
from workflows.door.commands import claim_item, command
from workflows.errors import DutyConflict
from workflows.models import WorkItem
from workflows.now import playing
from workflows.selectors import work_for

SENTENCE = "separation of duties"
OWN = ("workflows", "casework", "enforcement", "tips")


@dataclass(frozen=True)
class Attempt:
    """Somebody before an open item, with entries that would be good if another person made them."""

    matter: Matter
    who: Account
    item: WorkItem
    entries: dict[str, Any]

    def client(self) -> Client:
        """A browser in which the person is signed in."""
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.who)
        return client

    def facts(self) -> dict[str, Any]:
        """What every command takes."""
        return {"actor": self.who, "key": make.key(), "now": self.matter.now}

    def address(self, name: str) -> str:
        """The item's address of that name."""
        return reverse(f"casework:{name}", args=[self.item.pk])


def rows_of_ours() -> dict[str, int]:
    """How many rows every table of ours has: a refusal adds none."""
    models = [model for app in OWN for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model.objects.count() for model in models}


def not_in_the_list(attempt: Attempt) -> None:
    """Neither the page of work, nor the rows that htmx asks for, nor the query below offers it."""
    client, address = attempt.client(), reverse("casework:my_work")
    for headers in ({}, {"HX-Request": "true"}):
        assert str(attempt.item.pk) not in client.get(address, headers=headers).content.decode()
    assert not work_for(attempt.who, attempt.matter.now).filter(pk=attempt.item.pk).exists()


def refused_at_the_page(attempt: Attempt) -> None:
    """Opening the task says why not, and shows no form."""
    answer = attempt.client().get(attempt.address("task"))
    assert answer.status_code == 403
    assert SENTENCE in answer.content.decode()
    assert 'name="reasons"' not in answer.content.decode()


def refused_when_posted(attempt: Attempt) -> None:
    """A complete form sent to the task is refused with the sentence."""
    answer = attempt.client().post(attempt.address("task"), {**attempt.entries, "key": make.key()})
    assert answer.status_code == 403
    assert SENTENCE in answer.content.decode()


def refused_when_claimed(attempt: Attempt) -> None:
    """Taking the work is refused, for a page and for htmx alike."""
    for headers in ({}, {"HX-Request": "true"}):
        answer = attempt.client().post(attempt.address("claim"), {"key": make.key()}, headers=headers)
        assert answer.status_code == 403
        assert SENTENCE in answer.content.decode()


def refused_by_the_commands(attempt: Attempt) -> None:
    """The doors of scenarios, management commands and tests: page object, command, claim."""
    acts: list[Callable[[], Any]] = [
        lambda: claim_item(attempt.item, **attempt.facts()),
        lambda: _complete(attempt),
        lambda: perform_task(item=attempt.item, data=attempt.entries, files={}, **attempt.facts()),
    ]
    for act in acts:
        try:
            act()
        except DutyConflict as refused:
            with translation.override("en"):
                assert SENTENCE in str(refused)
        else:
            raise AssertionError("the work was taken")


def _complete(attempt: Attempt) -> None:
    with command(attempt.item, **attempt.facts()) as step:
        step.complete()


DOORS = (
    not_in_the_list,
    refused_at_the_page,
    refused_when_posted,
    refused_when_claimed,
    refused_by_the_commands,
)


def refused_everywhere(matter: Matter, username: str, element_id: str) -> None:
    """Try every door to the open item; nothing of it may be written."""
    item = matter.work(element_id)
    attempt = Attempt(matter, matter.person(username), item, matter.entries(element_id))
    before, state = rows_of_ours(), bytes(item.run.state)
    with playing(matter.now):
        for door in DOORS:
            door(attempt)
    item.refresh_from_db()
    item.run.refresh_from_db()
    assert rows_of_ours() == before
    assert (item.status, item.assignee, bytes(item.run.state)) == (WorkItem.Status.OPEN, None, state)
