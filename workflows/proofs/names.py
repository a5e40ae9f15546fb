"""Every name that a model uses is known: operations, forms, candidates, clocks, roles, decisions, processes."""

from collections.abc import Iterator

from workflows.rules.texts import Text, text

from .drawing import Drawings, Node, Process
from .findings import Finding, finding
from .known import Known


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Unknown names, tasks outside lanes and ids used twice."""
    yield from _repeated_ids(drawings)
    yield from _messages(drawings, known)
    for process in drawings.processes.values():
        yield from _lanes(process, known)
        for node in process.nodes.values():
            for reason in _unknown(node, drawings, known):
                yield finding(process.file, node.id, reason)


def _repeated_ids(drawings: Drawings) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for file, root in drawings.roots.items():
        for element in root.iter():
            key = element.get("id") if isinstance(element.tag, str) else None
            if key and key in owners:
                yield finding(file, key, text("the id is used twice, also in %(owners)s", owners=owners[key]))
            elif key:
                owners[key] = file


def _messages(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Messages awaited that nobody sends, and messages sent that nobody awaits."""
    waiting = [(p, node) for p in drawings.processes.values() for node in p.nodes.values() if node.message]
    for process, node in waiting:
        # A wait that names the run that answers is proved with that run.
        if node.message not in known.messages and not node.words("waitsFor"):
            yield finding(
                process.file, node.id, text("nobody sends the message %(message)s", message=node.message)
            )
    for message in sorted(known.messages - {node.message for _, node in waiting}):
        sentence = text("no model waits for the message %(message)s, which is sent", message=message)
        yield finding("messages", message, sentence)


def _lanes(process: Process, known: Known) -> Iterator[Finding]:
    for lane, role in process.lanes.items():
        if not role:
            yield finding(process.file, lane, text("the lane has no fundguard:role"))
        elif role not in known.roles:
            yield finding(process.file, lane, text("the role %(role)s is not registered", role=role))
    for node in process.nodes.values():
        if len(node.lanes) != 1:
            yield finding(
                process.file,
                node.id,
                text("the element lies in %(count)s lanes instead of one", count=len(node.lanes)),
            )


def _unknown(node: Node, drawings: Drawings, known: Known) -> Iterator[Text]:
    form = node.says.get("form")
    if node.kind == "userTask" and not form:
        yield text("the user task has no fundguard:form")
    elif form and form not in known.forms:
        yield text("the form %(form)s is not registered", form=form)
    operation = node.says.get("operation")
    if node.kind == "serviceTask" and not operation:
        yield text("the service task has no fundguard:operation")
    elif operation and operation not in known.operations:
        yield text("the operation %(operation)s is not registered", operation=operation)
    candidates = node.says.get("candidates")
    if candidates and candidates not in known.candidates:
        yield text("the candidates function %(candidates)s is not registered", candidates=candidates)
    for clock in {*node.words("clock"), *node.words("startsClock"), *node.words("stopsClock")}:
        if clock not in known.clocks:
            yield text("the clock %(clock)s is not registered", clock=clock)
    yield from _unknown_models(node, drawings)


def _unknown_models(node: Node, drawings: Drawings) -> Iterator[Text]:
    decision = node.says.get("decision")
    if node.kind == "businessRuleTask" and decision not in drawings.decisions:
        yield text("the decision %(decision)s is not among the files", decision=decision)
    if node.kind == "callActivity" and node.called not in drawings.processes:
        yield text("the process %(called)s is not among the files", called=node.called)
    for started in (*node.words("starts"), *node.words("joins")):
        if started not in drawings.processes:
            yield text("the process %(started)s that it starts is not among the files", started=started)
