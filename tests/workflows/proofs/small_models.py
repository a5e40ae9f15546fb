"""Small drawings for the proofs: an arrow notation instead of XML."""

from lxml import etree

from workflows.proofs.drawing import Drawings, read

_KINDS = {"s": "startEvent", "e": "endEvent", "x": "exclusiveGateway", "p": "parallelGateway"}
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def drawing(arrows: str) -> Drawings:
    """A process of the arrows `a>b`; the first letter tells start, end, choice, parallel gateway, else a task."""
    pairs = [arrow.split(">") for arrow in arrows.split()]
    nodes = dict.fromkeys(name for pair in pairs for name in pair)
    shapes = "".join(f'<{_KINDS.get(name[0], "userTask")} id="{name}" />' for name in nodes)
    flows = "".join(f'<sequenceFlow id="{a}__{b}" sourceRef="{a}" targetRef="{b}" />' for a, b in pairs)
    xml = f'<definitions xmlns="{_BPMN}"><process id="small">{shapes}{flows}</process></definitions>'
    return read({"small.bpmn": etree.fromstring(xml)})
