"""Long and wide matters: a thousand laps and nine parallel blocks ask and store what the first step does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Account, Bureau
from tests.workflows.engine.drawing import Drawing
from workflows import definitions
from workflows.door.commands import command, new_matter, start_run
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


def blocks(count: int, ways: int = 3) -> bytes:
    """Parallel blocks of user tasks, one after the other."""
    drawing = Drawing("blocks")
    last = drawing.start()
    for number in range(count):
        fork = drawing.add("parallelGateway", f"fork_{number}")
        join = drawing.add("parallelGateway", f"join_{number}")
        drawing.line(last, fork)
        for way in range(ways):
            drawing.line(fork, drawing.person(f"task_{number}_{way}", fg_form="sample_draft"), join)
        last = join
    drawing.line(last, drawing.end())
    return drawing.xml()


def test_nine_parallel_blocks_of_three_take_as_many_statements_at_the_end_as_at_the_beginning(
    bureau: Bureau, person: Person, moment: datetime, sample_periods: None
) -> None:
    definitions.publish({"blocks.bpmn": blocks(9)}, ["blocks"], now=moment)
    author = person("author", "case_handler")
    with new_matter(actor=None, key="blocks", now=moment, agent="test") as act:
        run = start_run(act, "blocks", subject=("sample", 1), business_key="B-1", unit_id=bureau.pk, data={})
    counts, sizes = [], []
    while item := WorkItem.objects.filter(run=run, status="open").order_by("id").first():
        with statements() as sent, command(item, actor=author, key=str(item.pk), now=moment) as step:
            step.complete()
        counts.append(len(sent))
        sizes.append(len(bytes(Run.objects.get(pk=run.pk).state)))

    assert len(counts) == 27
    assert max(counts[1:]) <= counts[0]
    assert max(sizes) <= sizes[0] + 64
