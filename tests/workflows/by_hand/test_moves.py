"""A token beside others is moved where a run of the model could stand too, and end; nowhere else."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import translation

from casework.models import Account, Bureau
from workflows import definitions
from workflows.by_hand import moves
from workflows.by_hand.interventions import Wish, ask_to_intervene, decide_intervention
from workflows.door.commands import new_matter, start_run
from workflows.errors import CannotIntervene
from workflows.models import Run, WorkItem

Person = Callable[..., Account]
Do = Callable[..., None]
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Definitions and what was explored of them belong to one test; refusals are read in English."""
    definitions.live.cache_clear()
    moves.markings_of.cache_clear()
    with translation.override("en"):
        yield
    moves.markings_of.cache_clear()


@pytest.fixture
def run(bureau: Bureau, moment: datetime) -> Run:
    """A run with two tokens: one to gather and then to weigh, one to inform; they meet."""
    definitions.publish({"fork.bpmn": (SAMPLES / "fork.bpmn").read_bytes()}, ["fork"], now=moment)
    with new_matter(actor=None, key="start", now=moment, agent="test") as act:
        return start_run(act, "fork", subject=("sample", 1), business_key="F-1", unit_id=bureau.pk, data={})


@pytest.fixture
def moved(run: Run, person: Person, moment: datetime) -> Callable[[str, str], list[str]]:
    """Move the token of an element, asked for by one and decided by another; says which work is open then."""
    one, two = person("one"), person("two")

    def make(element: str, target: str) -> list[str]:
        item = WorkItem.objects.get(run=run, element_id=element, status="open")
        reason, key = "收到上级指令，重新办理", f"{element}-{target}"
        wish = Wish("move", item.task_id, element, target)
        asked = ask_to_intervene(run, wish, reason=reason, actor=one, key=f"ask-{key}", now=moment)
        decide_intervention(asked, approve=True, actor=two, key=f"decide-{key}", now=moment)
        return opened(run)

    return make


def opened(run: Run) -> list[str]:
    """Elements with open work."""
    return sorted(run.work_items.filter(status="open").values_list("element_id", flat=True))


def test_a_token_is_moved_inside_its_branch_and_the_run_ends(
    run: Run, moved: Callable[[str, str], list[str]], person: Person, do: Do
) -> None:
    handler = person("handler", "case_handler")
    assert moved("gather", "weigh") == ["inform", "weigh"]
    assert moved("weigh", "gather") == ["gather", "inform"]

    for element in ("gather", "weigh", "inform"):
        do(run, element, handler)
    do(run, "decide", handler, decision="yes")
    do(run, "record", handler)

    run.refresh_from_db()
    assert run.status == Run.Status.ENDED


def test_a_token_is_moved_while_another_waits_at_the_join(
    run: Run, moved: Callable[[str, str], list[str]], person: Person, do: Do
) -> None:
    do(run, "inform", person("handler", "case_handler"))

    assert moved("gather", "weigh") == ["weigh"]


@pytest.mark.parametrize(
    ("element", "target", "sentence"),
    [
        (
            "gather",
            "decide",
            "no run of the model ever stands at “告知”, “决定” together: a join could wait",
        ),
        ("inform", "weigh", "no run of the model ever stands at “取证”, “审查” together"),
        ("gather", "inform", "no run of the model ever stands at “告知” × 2 together"),
    ],
)
def test_a_token_that_a_join_would_miss_is_not_moved(
    run: Run, moved: Callable[[str, str], list[str]], element: str, target: str, sentence: str
) -> None:
    with pytest.raises(CannotIntervene, match=sentence):
        moved(element, target)

    assert opened(run) == ["gather", "inform"]


def test_a_token_alone_is_not_moved_past_what_the_run_asks_for_later(
    run: Run, moved: Callable[[str, str], list[str]], person: Person, do: Do
) -> None:
    handler = person("handler", "case_handler")
    for element in ("gather", "weigh", "inform"):
        do(run, element, handler)

    with pytest.raises(CannotIntervene, match="from “记录” the run needs another value of decision"):
        moved("decide", "record")

    do(run, "decide", handler, decision="no")
    assert moved("record", "decide") == ["decide"]
    assert moved("decide", "record") == ["record"]


def test_a_model_with_too_many_runs_lets_only_a_lone_token_be_moved(
    run: Run,
    moved: Callable[[str, str], list[str]],
    person: Person,
    do: Do,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moves, "MOST_STATES", 3)
    handler = person("handler", "case_handler")
    with pytest.raises(CannotIntervene, match="other tokens of the process are on their way"):
        moved("gather", "weigh")

    for element in ("gather", "weigh", "inform"):
        do(run, element, handler)
    assert moved("decide", "record") == ["record"]
