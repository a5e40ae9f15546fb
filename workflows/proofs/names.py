"""Every name that a model uses is known: operations, forms, candidates, clocks, roles, decisions, processes."""

from collections.abc import Iterator

from .drawing import Drawings, Node, Process
from .findings import Finding
from .known import Known


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Unknown names, tasks outside lanes and ids used twice."""
    yield from _repeated_ids(drawings)
    for process in drawings.processes.values():
        yield from _lanes(process, known)
        for node in process.nodes.values():
            for reason in _unknown(node, drawings, known):
                yield Finding(process.file, node.id, reason)


def _repeated_ids(drawings: Drawings) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for file, root in drawings.roots.items():
        for element in root.iter():
            key = element.get("id") if isinstance(element.tag, str) else None
            if key and key in owners:
                yield Finding(file, key, f"the id is used twice, also in {owners[key]}")
            elif key:
                owners[key] = file


def _lanes(process: Process, known: Known) -> Iterator[Finding]:
    for lane, role in process.lanes.items():
        if not role:
            yield Finding(process.file, lane, "the lane has no fundguard:role")
        elif role not in known.roles:
            yield Finding(process.file, lane, f"the role {role} is not registered")
    for node in process.nodes.values():
        if len(node.lanes) != 1:
            yield Finding(
                process.file, node.id, f"the element lies in {len(node.lanes)} lanes instead of one"
            )


def _unknown(node: Node, drawings: Drawings, known: Known) -> Iterator[str]:
    form = node.says.get("form")
    if node.kind == "userTask" and not form:
        yield "the user task has no fundguard:form"
    elif form and form not in known.forms:
        yield f"the form {form} is not registered"
    operation = node.says.get("operation")
    if node.kind == "serviceTask" and not operation:
        yield "the service task has no fundguard:operation"
    elif operation and operation not in known.operations:
        yield f"the operation {operation} is not registered"
    candidates = node.says.get("candidates")
    if candidates and candidates not in known.candidates:
        yield f"the candidates function {candidates} is not registered"
    for clock in {*node.words("clock"), *node.words("startsClock"), *node.words("stopsClock")}:
        if clock not in known.clocks:
            yield f"the clock {clock} is not registered"
    yield from _unknown_models(node, drawings)


def _unknown_models(node: Node, drawings: Drawings) -> Iterator[str]:
    decision = node.says.get("decision")
    if node.kind == "businessRuleTask" and decision not in drawings.decisions:
        yield f"the decision {decision} is not among the files"
    if node.kind == "callActivity" and node.called not in drawings.processes:
        yield f"the process {node.called} is not among the files"
    for started in node.words("starts"):
        if started not in drawings.processes:
            yield f"the process {started} that it starts is not among the files"
