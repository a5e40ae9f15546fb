"""Runs every proof over a set of model files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from workflows.engine import ModelRefused, compile_model
from workflows.rules.texts import text

from . import duties, names, picture, soundness, structure, tables, values, waits
from .drawing import Drawings, parse, read
from .findings import Finding, Passage, finding, refused
from .known import Known
from .soundness import MOST_STATES, Explored

_PROOFS = (names, picture, structure, waits, values, duties)


@dataclass(frozen=True)
class Checked:
    """What was found, and how many states of each process were explored, called processes inside their callers."""

    findings: list[Finding]
    states: dict[str, int]


def check_models(sources: Mapping[str, bytes], known: Known) -> list[Finding]:
    """Every broken rule of the models, in the order of the files. `sources`: file name → BPMN or DMN bytes."""
    return check(sources, known).findings


def check(sources: Mapping[str, bytes], known: Known, *, most_states: int = MOST_STATES) -> Checked:
    """The same with the states that were explored; beyond `most_states` a process counts as not proved."""
    roots, found = {}, []
    for file, content in sorted(sources.items()):
        try:
            roots[file] = parse(content)
        except etree.XMLSyntaxError as error:
            found.append(
                finding(file, "", text("the file is not well-formed XML: %(reason)s", reason=error.msg))
            )
    drawings = read(roots)
    for proof in _PROOFS:
        found.extend(proof.findings(drawings, known))
    found.extend(tables.findings(drawings))
    explored = soundness.explore_all(drawings, known.operations, most_states)
    found = _with_runs(found, list(soundness.judge(explored, known.clocks)), explored, drawings)
    # The engine stops at the first thing it cannot run; it would repeat what was found in the same file.
    judged = {one.file for one in found}
    found.extend(one for one in _engine_refusals(drawings, sources, known) if one.file not in judged)
    return Checked(sorted(set(found)), {one.net.root.id: len(one.way) for one in explored})


def _with_runs(
    drawn: list[Finding], played: list[Finding], explored: list[Explored], drawings: Drawings
) -> list[Finding]:
    """What the drawing shows, with the way of a run there; and what only the runs show, each once."""
    ways: dict[str, tuple[Passage, ...]] = {}
    for one in sorted(played, key=lambda one: len(one.path)):
        ways.setdefault(one.element, one.path)
    for name, process in drawings.processes.items():
        for node in process.nodes.values():
            ways.setdefault(node.id, soundness.way_to(node.id, explored))
            ways.setdefault(node.says.get("decision") or node.id, ways[node.id])
        for flow in process.flows:
            ways.setdefault(flow.id, soundness.way_to(flow.source, explored))
        ways.setdefault(name, ())
    said = {one.element for one in drawn}
    for process in drawings.processes.values():
        said |= {node.id for node in process.nodes.values() if node.says.get("decision") in said}
        said |= {flow.source for flow in process.flows if flow.id in said}
    shortest = {one: one for one in sorted(played, key=lambda one: -len(one.path)) if one.element not in said}
    return [replace(one, path=ways.get(one.element, ())) for one in drawn] + list(shortest.values())


def _engine_refusals(drawings: Drawings, sources: Mapping[str, bytes], known: Known) -> Iterator[Finding]:
    readable = {file: sources[file] for file in drawings.roots}
    for process in drawings.processes.values():
        try:
            compile_model(readable, process.id, operations=known.operations)
        except ModelRefused as error:
            yield refused(error, process.file)
