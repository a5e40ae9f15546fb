"""Nothing in a model reads a variable that is not surely set, or compares it with a word it can never be."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflows.engine import ExpressionRefused
from workflows.engine.decisions import read_table
from workflows.engine.errors import ModelRefused
from workflows.engine.expressions import names_in
from workflows.rules.texts import Text, text

from .drawing import Drawings, Flow, Node, Process
from .findings import Finding, finding
from .known import Known


@dataclass(frozen=True)
class _Scope:
    """A process with the variables that each of its nodes sets."""

    process: Process
    drawings: Drawings
    sets: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Variables read before they are surely set, and comparisons with words that no element sets."""
    for process in drawings.processes.values():
        scope = _scope(process, drawings)
        before = _surely_set(scope)
        for node in process.nodes.values():
            for name in sorted(_read_by(node, scope) - before[node.id]):
                yield finding(
                    process.file,
                    node.id,
                    text("the variable %(name)s is not set on every way to here", name=name),
                )
        for flow in process.flows:
            yield from (finding(process.file, flow.id, reason) for reason in _never(flow, scope.words))


def _scope(process: Process, drawings: Drawings) -> _Scope:
    tokens = {node.id: _tokens(node, drawings) for node in process.nodes.values()}
    words: dict[str, set[str]] = {}
    for token in (*process.data_in, *(t for every in tokens.values() for t in every)):
        name, _, values = token.partition("=")
        words.setdefault(name, set()).update(values.split("|") if values else ())
    return _Scope(
        process,
        drawings,
        {node: frozenset(_names(every)) for node, every in tokens.items()},
        {name: frozenset(values) for name, values in words.items()},
    )


def _tokens(node: Node, drawings: Drawings) -> tuple[str, ...]:
    """What a node sets, as `name` or `name=word|word`."""
    decision = node.says.get("decision", "")
    if node.several_results:
        # Of child runs nothing else comes back.
        return (*(() if node.called else node.words("sets")), node.several_results)
    if node.kind != "businessRuleTask" or decision not in drawings.decisions:
        return node.words("sets")
    outputs = drawings.decisions[decision][1].iter("{*}output")
    return tuple(f"{o.get('name')}={'|'.join(quoted(o.findtext('.//{*}text') or ''))}" for o in outputs)


def quoted(text: str) -> list[str]:
    """The words of a DMN list of allowed values."""
    return [part.strip().strip('"') for part in text.split(",") if part.strip()]


def _names(tokens: Iterable[str]) -> set[str]:
    return {token.partition("=")[0] for token in tokens}


def _surely_set(scope: _Scope) -> dict[str, frozenset[str]]:
    """Variables that are set whenever a token comes to a node; the greatest solution over all ways."""
    process = scope.process
    everything = frozenset(scope.words)
    before = dict.fromkeys(process.nodes, everything)
    changed = True
    while changed:
        changed = False
        for node in process.nodes.values():
            now = _arriving(node, before, scope)
            if now != before[node.id]:
                before[node.id], changed = now, True
    return before


def _arriving(node: Node, before: Mapping[str, frozenset[str]], scope: _Scope) -> frozenset[str]:
    if node.attached_to in before:
        return before[node.attached_to or ""]
    if node.kind == "startEvent" and node.scope in before:
        return before[node.scope] | ({scope.process.nodes[node.scope].several_item} - {""})
    arrivals = [_after(f.source, before, scope) for f in scope.process.incoming[node.id]]
    if not arrivals:
        return frozenset(_names(scope.process.data_in))
    if node.kind == "parallelGateway":
        return frozenset().union(*arrivals)
    return frozenset.intersection(*arrivals)


def _after(node: str, before: Mapping[str, frozenset[str]], scope: _Scope) -> frozenset[str]:
    """What is surely set when a token leaves a node: for a sub-process, whatever end it came to."""
    ends = [n.id for n in scope.process.inside(node) if n.kind == "endEvent"]
    inner = [before[end] | scope.sets[end] for end in ends]
    return frozenset.intersection(*inner) | scope.sets[node] if inner else before[node] | scope.sets[node]


def _read_by(node: Node, scope: _Scope) -> set[str]:
    read = {name for flow in scope.process.outgoing[node.id] for name in _asked(flow.condition)}
    if node.says.get("clockFrom"):
        # A clock that starts when the element is complete may count from what the element itself sets.
        own = scope.sets[node.id] if node.words("startsClock") else frozenset()
        read |= {node.says["clockFrom"]} - own
    if node.several_of:
        read.add(node.several_of)
    if node.kind == "businessRuleTask":
        read |= _decision_inputs(node, scope.drawings)
    called = scope.drawings.processes.get(node.called or "")
    if called is not None:
        read |= _names(called.data_in) - {node.several_item}
    return read


def _asked(condition: str | None) -> frozenset[str]:
    try:
        return names_in(condition) if condition else frozenset()
    except ExpressionRefused:
        return frozenset()


def _decision_inputs(node: Node, drawings: Drawings) -> set[str]:
    file, decision = drawings.decisions.get(node.says.get("decision", ""), ("", None))
    if decision is None:
        return set()
    try:
        table = read_table(decision, file)
    except ModelRefused:
        return set()
    return {name for text in table["inputs"] for name in names_in(text)}


def _never(flow: Flow, words: Mapping[str, frozenset[str]]) -> Iterator[Text]:
    """Comparisons of a condition with words that the variable never holds."""
    if not _asked(flow.condition):
        return
    for part in ast.walk(ast.parse((flow.condition or "").strip(), mode="eval")):
        if isinstance(part, ast.Compare) and isinstance(part.left, ast.Name):
            allowed = words.get(part.left.id, frozenset())
            for word in _strings(part.comparators):
                if allowed and word not in allowed:
                    yield text("the variable %(name)s is never “%(word)s”", name=part.left.id, word=word)


def _strings(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
