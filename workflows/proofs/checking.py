"""Runs every proof over a set of model files."""

from collections.abc import Iterator, Mapping

from lxml import etree

from workflows.engine import ModelRefused, compile_model

from . import blocks, duties, names, picture, structure, tables, values, waits
from .drawing import Drawings, parse, read
from .findings import Finding
from .known import Known

_PROOFS = (names, picture, structure, blocks, waits, values, duties)


def check_models(sources: Mapping[str, bytes], known: Known) -> list[Finding]:
    """Every broken rule of the models, in the order of the files. `sources`: file name → BPMN or DMN bytes."""
    roots, found = {}, []
    for file, content in sorted(sources.items()):
        try:
            roots[file] = parse(content)
        except etree.XMLSyntaxError as error:
            found.append(Finding(file, "", f"the file is not well-formed XML: {error.msg}"))
    drawings = read(roots)
    for proof in _PROOFS:
        found.extend(proof.findings(drawings, known))
    found.extend(tables.findings(drawings))
    # The engine stops at the first thing it cannot run; it would repeat what was found in the same file.
    judged = {finding.file for finding in found}
    found.extend(f for f in _engine_refusals(drawings, sources, known) if f.file not in judged)
    return sorted(set(found))


def _engine_refusals(drawings: Drawings, sources: Mapping[str, bytes], known: Known) -> Iterator[Finding]:
    readable = {file: sources[file] for file in drawings.roots}
    for process in drawings.processes.values():
        try:
            compile_model(readable, process.id, operations=known.operations)
        except ModelRefused as error:
            yield Finding(error.file or process.file, error.element, " ".join(error.reason.split()))
