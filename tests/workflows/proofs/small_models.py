"""Small drawings for the proofs: an arrow notation instead of XML."""

from lxml import etree

from workflows.proofs.drawing import Drawings, read

_KINDS = {
    "s": "startEvent",
    "e": "endEvent",
    "x": "exclusiveGateway",
    "p": "parallelGateway",
    "i": "inclusiveGateway",
    "g": "eventBasedGateway",
    "m": "receiveTask",
}
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_FUNDGUARD = "urn:fundguard:bpmn:1"


def drawing(arrows: str, inside: str = "") -> Drawings:
    """A process of the arrows `a>b`; the first letter tells start, end, gateway, receive task, else a user task.

    Each task sets the variable of every choice, `c_x` for the gateway `x`; its last flow is the default. `inside` is
    put into the process as it is.
    """
    pairs = [arrow.split(">") for arrow in arrows.split()]
    nodes = dict.fromkeys(name for pair in pairs for name in pair)
    after = {name: [b for a, b in pairs if a == name] for name in nodes}
    choices = {name: after[name] for name in nodes if name[0] in "xi" and len(after[name]) > 1}
    sets = " ".join(f"c_{name}={'|'.join(targets)}" for name, targets in choices.items())
    shapes = "".join(_shape(name, choices, sets) for name in nodes)
    flows = "".join(_flow(a, b, choices) for a, b in pairs)
    head = f'<definitions xmlns="{_BPMN}" xmlns:f="{_FUNDGUARD}">'
    xml = f'{head}<process id="small">{shapes}{flows}{inside}</process></definitions>'
    return read({"small.bpmn": etree.fromstring(xml)})


def _shape(name: str, choices: dict[str, list[str]], sets: str) -> str:
    kind = _KINDS.get(name[0], "userTask")
    default = f' default="{name}__{choices[name][-1]}"' if name in choices else ""
    return (
        f'<{kind} id="{name}"{default}{f" f:sets={chr(34)}{sets}{chr(34)}" if kind == "userTask" else ""} />'
    )


def _flow(source: str, target: str, choices: dict[str, list[str]]) -> str:
    asked = source in choices and target != choices[source][-1]
    condition = f'<conditionExpression>c_{source} == "{target}"</conditionExpression>' if asked else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}__{target}" {ends}>{condition}</sequenceFlow>'
