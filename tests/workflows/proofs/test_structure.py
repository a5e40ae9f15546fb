"""Ways through a process."""

import pytest

from tests.bpmn.real_models import known
from tests.workflows.proofs.small_models import drawing
from workflows.proofs import structure
from workflows.proofs.drawing import read


@pytest.mark.parametrize(
    ("arrows", "element", "reason"),
    [
        ("s>a a>b b>a s2>e", "a", "no end can be reached from the element"),
        ("s>a a>e b>e", "b", "the element cannot be reached from the start"),
        ("s>a a>e a>e2", "a", "more than one flow goes out of an element that is no gateway"),
        ("s>x x>e", "x", "the gateway neither splits nor joins"),
        ("s>p a>p p>e p>e2", "p", "the parallel gateway splits and joins at once; draw two gateways"),
        ("s>e s2>e", "small", "the process has 2 start events instead of one"),
    ],
    ids=["endless loop", "unreached", "two ways out", "idle gateway", "mixed gateway", "two starts"],
)
def test_structure_judges_the_way(arrows: str, element: str, reason: str) -> None:
    found = [(f.element, f.reason) for f in structure.findings(drawing(arrows), known())]

    assert (element, reason) in found


def test_structure_names_a_flow_with_a_loose_end() -> None:
    roots = drawing("s>a a>e").roots
    roots["small.bpmn"].findall(".//{*}sequenceFlow")[1].set("targetRef", "nowhere")

    found = [f.reason for f in structure.findings(read(roots), known())]

    assert "the flow hangs at nowhere, which is not drawn in the process" in found
