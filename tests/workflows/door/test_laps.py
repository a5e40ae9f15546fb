"""A matter that is sent back a thousand times: each lap asks and stores what the first one does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Account
from workflows.door.commands import command
from workflows.models import Run, WorkItem

Person = Callable[..., Account]
Start = Callable[..., Run]
LAPS = 1000
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent meanwhile, without those that only open and close transactions."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield sent
    sent += [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(CONTROL)]


def test_lap_one_thousand_sends_as_many_statements_and_stores_as_much_as_lap_one(
    person: Person, start: Start, moment: datetime
) -> None:
    author, reviewer = person("author", "case_handler"), person("reviewer", "legal_reviewer")
    run = start()

    def step(actor: Account, **outcome: str) -> None:
        item = WorkItem.objects.get(run=run, status="open")
        with command(item, actor=actor, key=str(item.pk), now=moment) as act:
            act.complete(**outcome)

    def lap() -> tuple[int, int]:
        with statements() as sent:
            step(author)
            step(reviewer, opinion="change")
        return len(sent), len(bytes(Run.objects.get(pk=run.pk).state))

    lap()  # the first lap also reads the definition and starts the clock
    first_statements, first_bytes = lap()
    for _ in range(LAPS - 3):
        step(author)
        step(reviewer, opinion="change")
    last_statements, last_bytes = lap()

    assert last_statements == first_statements
    # Numbers of tokens and of laps grow by some digits.
    assert last_bytes <= first_bytes + 32
    assert run.work_items.count() == 2 * LAPS + 1
