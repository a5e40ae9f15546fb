"""The oracle bites: each cure of the engine that is switched off shows in a few random models."""

from typing import Any

import pytest

from tests.workflows.engine.constructs import text
from tests.workflows.engine.prove import first_difference, grown
from tests.workflows.engine.random_blocks import Block
from tests.workflows.engine.shrinking import smallest
from workflows.engine import flow, instances, joins, nodes, pruning, tasks

MOST_MODELS = 400


def first_come(self: joins.JoinGateway, my_task: tasks.RunTask) -> list[tasks.RunTask]:
    """A join that the first token passes."""
    return [my_task]


def nothing(*_: Any, **__: Any) -> None:
    """What does not happen."""


def merge_in_order(self: tasks.RunTask, others: list[tasks.RunTask], **_: Any) -> None:
    """The last token covers what the others wrote."""
    self.data = {key: value for other in others for key, value in other.data.items()}


def waits_for_all(self: joins.InclusiveNode, task: tasks.RunTask, full: Any) -> bool:
    """An inclusive join that waits while anything else is open."""
    return task.task_spec is not self


def one_way(self: joins.InclusiveNode, my_task: tasks.RunTask) -> list[Any]:
    """An inclusive fork that chooses."""
    return real_next_specs(self, my_task)[:1]


real_next_specs = joins.InclusiveNode._next_specs
MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "parallel join fires early": (joins.JoinGateway, "_complete_set", first_come),
    "inclusive join does not wait": (joins.InclusiveNode, "_awaits", lambda *_: False),
    "inclusive join waits for every token": (joins.InclusiveNode, "_awaits", waits_for_all),
    "inclusive fork opens one way": (joins.InclusiveNode, "_next_specs", one_way),
    "old copies cover": (tasks.RunTask, "merge_data", merge_in_order),
    "boundary events stay": (flow.FlowNode, "_close_boundary", nothing),
    "events at the border do not interrupt": (nodes.BoundaryNode, "_close_boundary", nothing),
    "instances are not withdrawn": (instances._InstancesNode, "_is_enough", lambda *_: False),
    "what stands above is forgotten": (pruning, "_ABOVE", ()),
    "sub-processes outlive their activity": (nodes._ActivityNode, "_on_cancel", nothing),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_oracle_notices(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name, instead = MUTANTS[mutant]
    monkeypatch.setattr(place, name, instead)

    assert any(first_difference(grown(seed), seed) is not None for seed in range(MOST_MODELS))


def holds(tree: Block, *kinds: str) -> bool:
    return set(kinds) <= {block.kind for block in tree.all()}


def test_model_that_differs_is_made_small() -> None:
    seeds = (seed for seed in range(1000) if holds(grown(seed), "loop", "or"))
    tree = grown(next(seeds))

    small = smallest(tree, lambda candidate: holds(candidate, "or", "loop"))

    assert sum(1 for _ in small.all()) <= 7, text(small)


def test_same_seed_gives_the_same_model() -> None:
    assert text(grown(7)) == text(grown(7))
    assert len({text(grown(seed)) for seed in range(50)}) > 25
