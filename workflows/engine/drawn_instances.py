"""What a drawing says about a multi-instance activity: how many instances, of what, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .calls import COUNTS, MOST_CALLS
from .errors import ExpressionRefused
from .expressions import compile_expression, names_in
from .instances import MOST_INSTANCES, too_many
from .refusals import BPMN, FUNDGUARD, local

_POSSIBLE = {
    "loopCardinality", "loopDataInputRef", "inputDataItem", "loopDataOutputRef", "outputDataItem",
    "completionCondition", "documentation", "extensionElements",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnInstances:
    """The variables that a multi-instance activity asks for and sets."""

    asked: frozenset[str]
    sets: frozenset[str]


def drawn_instances(activity: Any) -> DrawnInstances | None:
    """What the element says, or nothing if it is done once."""
    node = activity.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if node is None:
        return None
    expressions = (_text(node, "loopCardinality"), _text(node, "completionCondition"))
    asked = {name for text in expressions if text for name in names_in(text)} - COUNTS
    names = (_named(node, "inputDataItem"), _named(node, "outputDataItem"), _text(node, "loopDataOutputRef"))
    source = _text(node, "loopDataInputRef")
    return DrawnInstances(frozenset(asked | ({source} - {""})), frozenset(names) - {""})


def instance_problems(node: Any) -> Iterator[tuple[str, str]]:
    """Element id and sentence for what is wrong with a `<multiInstanceLoopCharacteristics>`."""
    activity = node.getparent()
    for sentence in (*_activity(activity), *_parts(node), *_expressions(node)):
        yield activity.get("id", ""), sentence


def _activity(activity: Any) -> Iterator[str]:
    if local(activity) not in ("userTask", "subProcess", "callActivity"):
        yield "only a user task, a sub-process or a call activity may have several instances"
    if any(activity.get(f"{{{FUNDGUARD}}}{name}") for name in ("startsClock", "stopsClock")):
        yield "an element with several instances cannot start or stop a clock; use an event behind it"


def _parts(node: Any) -> Iterator[str]:
    for part in node:
        if local(part) and local(part) not in _POSSIBLE:
            yield f"{local(part)} is not supported on a multi-instance activity"
    if node.get("behavior", "All") != "All":
        yield "events of a multi-instance activity are not supported"
    if bool(_text(node, "loopCardinality")) == bool(_text(node, "loopDataInputRef")):
        yield "a multi-instance activity needs either a number (loopCardinality) or a list (loopDataInputRef)"
    for item in ("inputDataItem", "outputDataItem"):
        if node.find(f"{{{BPMN}}}{item}") is not None and not _named(node, item):
            yield f"{item} needs a name"
    if bool(_text(node, "loopDataOutputRef")) != bool(_named(node, "outputDataItem")):
        yield "the results of instances need both loopDataOutputRef and outputDataItem"
    names = [_text(node, name) for name in ("loopDataInputRef", "loopDataOutputRef")]
    names += [_named(node, name) for name in ("inputDataItem", "outputDataItem")]
    for name in names:
        if name and (not name.isidentifier() or name.startswith("__")):
            yield f"“{name}” cannot name a variable"
    given = [name for name in names if name]
    if len(set(given)) < len(given):
        yield "the list, the item, the result and the results of instances need four different names"


def _expressions(node: Any) -> Iterator[str]:
    for part in ("loopCardinality", "completionCondition"):
        text = _text(node, part)
        try:
            if text:
                compile_expression(text)
        except ExpressionRefused as error:
            yield str(error)
    count = _text(node, "loopCardinality")
    most = MOST_CALLS if local(node.getparent()) == "callActivity" else MOST_INSTANCES
    if count.isdigit() and int(count) > most:
        yield f"{count} instances are drawn; {too_many(most)}"


def _text(node: Any, name: str) -> str:
    return (node.findtext(f"{{{BPMN}}}{name}") or "").strip()


def _named(node: Any, name: str) -> str:
    found = node.find(f"{{{BPMN}}}{name}")
    return "" if found is None else (found.get("name") or "")
