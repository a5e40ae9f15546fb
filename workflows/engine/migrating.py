"""Carrying a run over to another version of its model: the tokens stay where they are, under the names of there."""

from collections.abc import Iterator, Mapping
from typing import Any

from .codec import relabelled, restore
from .definition import Definition
from .errors import MigrationRefused
from .flow import CHOICES
from .model import Host, Step
from .runner import waits
from .runs import Run


def migrate(
    old: Definition, new: Definition, state: bytes, *, renamed: Mapping[str, str], host: Host
) -> Step:
    """The same tokens in the new version; `renamed` says what an element is called there.

    Nothing is carried out. A place that the new version lacks, or in which a token would wait for something
    else, is refused: such a run has to go on under its old version. Raises: MigrationRefused, StateRefused.
    """
    run = restore(old, state, host)
    problems = list(_problems(run, new, renamed))
    if problems:
        raise MigrationRefused(*problems[0])
    moved = relabelled(state, new.digest, lambda name: new_name(name, renamed))
    return Step(state=moved, waits=waits(new, moved, host=host), passed=(), ended=run.completed)


def new_name(name: str, renamed: Mapping[str, str]) -> str:
    """What a spec is called in the new version: also the library's parts of an element, `element.part`."""
    element, point, part = name.partition(".")
    return renamed.get(element, element) + point + part


def _problems(run: Run, new: Definition, renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for scope in run.scopes():
        specs = new.subprocess_specs.get(new_name(scope.spec.name, renamed))
        if specs is None:
            yield scope.spec.name, "the new version has no such process"
            continue
        for task in scope.tasks.values():
            name = new_name(task.task_spec.name, renamed)
            there = specs.task_specs.get(name)
            if there is None:
                yield task.task_spec.name, "the new version has no such element"
            elif type(there) is not type(task.task_spec):
                yield task.task_spec.name, "the element is of another kind in the new version"
            elif task.unfinished and _alternatives(task.task_spec, renamed) != _alternatives(there, {}):
                yield task.task_spec.name, "other boundary events or branches stand here in the new version"


def _alternatives(spec: Any, renamed: Mapping[str, str]) -> set[str]:
    """What a token waits for at an element or beside it, as the new version calls it."""
    specs = spec._wf_spec.task_specs
    splits = [specs[name] for name in spec._inputs if isinstance(specs[name], CHOICES)]
    return {new_name(name, renamed) for split in splits for name in split._outputs}
