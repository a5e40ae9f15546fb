"""A step that fails, and two people for what is done about it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from casework.models import Account
from workflows.background.relay import relay_one
from workflows.models import Incident, Run

Person = Callable[..., Account]
Start = Callable[..., Run]
Do = Callable[..., None]


@pytest.fixture
def broken(person: Person, start: Start, do: Do, moment: datetime, failing: list[Exception]) -> Incident:
    """A run whose effect fails."""
    handler, reviewer = person("handler", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()
    do(run, "draft", handler)
    do(run, "review", reviewer, opinion="agree")
    failing.append(ValueError())
    assert relay_one(moment)
    return Incident.objects.get()


@pytest.fixture
def asker(person: Person) -> Account:
    """Who asks."""
    return person("asker", "operator")


@pytest.fixture
def other(person: Person) -> Account:
    """Who decides."""
    return person("other", "operator")
