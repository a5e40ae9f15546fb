"""A shape that breaks other engines: nine three-way parallel blocks in a row."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workflows import engine

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:fundguard="urn:fundguard:bpmn:1" id="file" targetNamespace="urn:fundguard:bench">'
    '<process id="{name}" name="{name}" isExecutable="true"><laneSet id="lanes"><lane id="lane" name="l"'
    ' fundguard:role="case_handler">{refs}</lane></laneSet>{body}</process></definitions>'
)


class IdleHost:
    """Nothing is computed and no timer is asked for."""

    def compute(self, operation: str, element_id: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Nothing."""
        return {}

    def due(self, clock: str, element_id: str, data: Mapping[str, Any]) -> datetime:
        """The present moment."""
        return NOW


def parallel_blocks(count: int = 9) -> tuple[float, int]:
    """Milliseconds to start and bytes of state of `count` three-way parallel blocks in a row."""
    definition = _definition("blocks", *_blocks(count))
    best = min(
        _timed(lambda: engine.start(definition, data={}, now=NOW, host=IdleHost()))[0] for _ in range(5)
    )
    return best * 1000, len(engine.start(definition, data={}, now=NOW, host=IdleHost()).state)


def _timed(call: Any) -> tuple[float, Any]:
    begin = time.process_time()
    result = call()
    return time.process_time() - begin, result


def _definition(
    name: str, nodes: list[tuple[str, str]], flows: list[tuple[str, str, str]]
) -> engine.Definition:
    refs = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node, _ in nodes)
    body = "".join(_node(node, kind, flows) for node, kind in nodes)
    for number, (source, target, condition) in enumerate(flows):
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        body += (
            f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
        )
    text = HEAD.format(name=name, refs=refs, body=body)
    compiled = engine.compile_model({f"{name}.bpmn": text.encode()}, name, operations={})
    return engine.load(compiled.digest, compiled.payload)


def _node(node: str, kind: str, flows: list[tuple[str, str, str]]) -> str:
    inside = "".join(f"<incoming>f{n}</incoming>" for n, f in enumerate(flows) if f[1] == node)
    inside += "".join(f"<outgoing>f{n}</outgoing>" for n, f in enumerate(flows) if f[0] == node)
    extra = ' fundguard:form="bench"' if kind == "userTask" else ""
    if kind == "exclusiveGateway":
        extra = "".join(f' default="f{n}"' for n, f in enumerate(flows) if f[0] == node and not f[2])
        extra = extra if sum(f[0] == node for f in flows) > 1 else ""
    return f'<{kind} id="{node}" name="{node}"{extra}>{inside}</{kind}>'


def _blocks(count: int) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    nodes, flows, last = [("begin", "startEvent")], [], "begin"
    for k in range(count):
        split, join = f"split{k}", f"join{k}"
        nodes += [(split, "parallelGateway"), (join, "parallelGateway")]
        flows.append((last, split, ""))
        for branch in range(3):
            task = f"task{k}_{branch}"
            nodes.append((task, "userTask"))
            flows += [(split, task, ""), (task, join, "")]
        last = join
    return [*nodes, ("end", "endEvent")], [*flows, (last, "end", "")]
