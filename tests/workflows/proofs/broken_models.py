"""Random models with a random mistake: another gateway, a flow to elsewhere, a choice without a way out."""

from random import Random
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SETS = "{urn:fundguard:bpmn:1}sets"
NO_TARGET = {"startEvent", "boundaryEvent", "sequenceFlow", "laneSet"}


def local(node: Any) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname


def break_model(files: dict[str, bytes], random: Random) -> dict[str, bytes]:
    """The files with one mistake in one of them."""
    file = random.choice(sorted(name for name in files if name.endswith(".bpmn")))
    root = etree.fromstring(files[file])
    random.choice([_other_gateway, _other_target, _other_target, _no_way_out])(root, random)
    return {**files, file: etree.tostring(root)}


def with_sets(files: dict[str, bytes], asks: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, bytes]:
    """The drawing says what the elements set. `asks`: element → variable → words."""
    found = {}
    for name, content in files.items():
        root = etree.fromstring(content)
        for node in root.iter():
            words = asks.get(node.get("id") or "", {})
            if words:
                node.set(
                    SETS, " ".join(f"{key}={'|'.join(dict.fromkeys(given))}" for key, given in words.items())
                )
        found[name] = etree.tostring(root)
    return found


def _flows(node: Any, end: str) -> list[Any]:
    return [
        flow for flow in node.getparent().findall(BPMN + "sequenceFlow") if flow.get(end) == node.get("id")
    ]


def _gateways(root: Any, kind: str) -> list[Any]:
    return list(root.iter(BPMN + kind))


def _other_gateway(root: Any, random: Random) -> None:
    gates = _gateways(root, "exclusiveGateway") + _gateways(root, "parallelGateway")
    if not gates:
        return
    gate = random.choice(gates)
    flows = _flows(gate, "sourceRef")
    if local(gate) == "exclusiveGateway":
        gate.tag = BPMN + "parallelGateway"
        gate.attrib.pop("default", None)
        for flow in flows:
            for condition in flow.findall(BPMN + "conditionExpression"):
                flow.remove(condition)
        return
    gate.tag = BPMN + "exclusiveGateway"
    if len(flows) > 1:
        gate.set("default", flows[-1].get("id"))
        for number, flow in enumerate(flows[:-1]):
            condition = etree.SubElement(flow, BPMN + "conditionExpression")
            condition.text = f"c_{gate.get('id')} == 'w{number}'"


def _other_target(root: Any, random: Random) -> None:
    flow = random.choice(list(root.iter(BPMN + "sequenceFlow")))
    targets = [n.get("id") for n in flow.getparent() if n.get("id") and local(n) not in NO_TARGET]
    flow.set("targetRef", random.choice(targets))


def _no_way_out(root: Any, random: Random) -> None:
    gates = [gate for gate in _gateways(root, "exclusiveGateway") if gate.get("default")]
    if not gates:
        return
    gate = random.choice(gates)
    last = next(flow for flow in _flows(gate, "sourceRef") if flow.get("id") == gate.get("default"))
    gate.attrib.pop("default")
    etree.SubElement(last, BPMN + "conditionExpression").text = f"c_{gate.get('id')} == 'never'"
