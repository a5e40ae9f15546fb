"""Whether a token may be moved: every run of the model is played, and one must come to stand so and end."""

from datetime import datetime
from functools import lru_cache

from workflows import engine, registry
from workflows.definitions import LiveDefinition
from workflows.models import Definition, Run
from workflows.proofs.drawing import parse, read
from workflows.proofs.soundness import explore
from workflows.proofs.soundness.net import net_of
from workflows.proofs.soundness.standing import NotJudged, Standing
from workflows.rules.texts import Text, text

# The largest model of the house has fewer than 3,000 and takes half a second; somebody waits for the answer.
MOST_STATES = 10_000


def move(
    definition: LiveDefinition,
    state: bytes,
    task_id: str,
    element_id: str,
    *,
    process_id: str,
    now: datetime,
    host: engine.Host,
) -> engine.Step:
    """Move a token to where a run of the process could stand too, and end. Where that cannot be judged, because the
    model has too many runs or several instances are open, only a token that is alone in its process.

    Raises: WaitGone, MoveRefused, StepFailed.
    """
    alone = engine.is_alone(definition.spec, state, task_id, host=host)
    step = engine.move(definition.spec, state, task_id, element_id, now=now, host=host)
    try:
        objection = _objection(definition, process_id, step, host)
    except NotJudged:
        objection = None if alone else text("other tokens of the process are on their way")
    if objection:
        raise engine.MoveRefused(element_id, objection)
    return step


def targets(run: Run, element_id: str) -> list[str]:
    """Elements of the same process to which a token could go from an element, in the order of the model."""
    elements = run.definition.elements
    process_id = elements.get(element_id, {}).get("process_id")
    return [
        key
        for key, one in elements.items()
        if one["process_id"] == process_id
        and one["kind"] in engine.PLACES
        and not one["attached_to"]
        and key != element_id
    ]


def _objection(
    definition: LiveDefinition, process_id: str, step: engine.Step, host: engine.Host
) -> Text | None:
    if step.ended:
        return None
    standing = markings_of(definition.digest, process_id)
    if standing is None:
        raise NotJudged
    return standing.objection(engine.marking(definition.spec, step.state, host=host))


@lru_cache(maxsize=16)
def markings_of(digest: str, process_id: str) -> Standing | None:
    """The markings of a process of a published model, explored once; None for one that cannot be played.

    A child run is one of a process that the model calls.
    """
    row = Definition.objects.get(digest=digest)
    drawings = read({f"{name}.bpmn": parse(text.encode()) for name, text in row.diagrams.items()})
    if process_id not in drawings.processes:
        return None
    tables = engine.tables(engine.load(row.digest, bytes(row.payload)))
    effects = frozenset(name for name, kind in registry.operations().items() if kind == "effect")
    net = net_of(drawings.processes[process_id], drawings, tables, effects)
    return Standing(explore(net, MOST_STATES)) if net is not None else None
