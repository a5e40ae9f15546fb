"""Every element is explained by its law and drawn on the page."""

import re
from collections.abc import Iterator

from workflows.rules.texts import Text, text

from .drawing import Drawings, Node, Process
from .findings import Finding, finding
from .known import Known

_ARTICLE = re.compile(r"\d")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def findings(drawings: Drawings, known: Known) -> Iterator[Finding]:
    """Elements without article or sentence, and elements without a shape or an edge."""
    for process in drawings.processes.values():
        for node in process.nodes.values():
            yield from (finding(process.file, node.id, reason) for reason in _unexplained(node))
        yield from _not_drawn(process)


def _unexplained(node: Node) -> Iterator[Text]:
    article, _, sentence = node.text.partition("\n")
    if not _ARTICLE.search(article):
        yield text("the first line of the documentation names no legal article")
    elif not _CHINESE.search(sentence):
        yield text("the documentation has no Chinese sentence below the article")


def _not_drawn(process: Process) -> Iterator[Finding]:
    for drawn in (*process.nodes, *process.lanes):
        if not process.shapes.get(drawn):
            yield finding(process.file, drawn, text("the element has no shape in the diagram"))
    for flow in process.flows:
        if process.shapes.get(flow.id, 0) < 2:
            yield finding(process.file, flow.id, text("the flow has no edge in the diagram"))
