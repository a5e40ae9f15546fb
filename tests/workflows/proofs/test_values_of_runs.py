"""Which values are tried: a flow counts as never taken only if no value whatever opens it."""

import pytest
from lxml import etree

from tests.bpmn.real_models import known
from tests.workflows.proofs.small_models import drawing
from workflows.proofs import values
from workflows.proofs.drawing import read
from workflows.proofs.soundness import explore_all, judge

NEVER = "no run ever takes this flow"


def said(condition: str, sets: str) -> list[tuple[str, str]]:
    """What is said when a task sets variables and a choice with a default flow asks for them."""
    roots = drawing("s>t t>x1 x1>a x1>b a>e b>e").roots
    root = roots["small.bpmn"]
    root.find(".//{*}conditionExpression").text = condition
    root.find(".//{*}userTask[@id='t']").set("{urn:fundguard:bpmn:1}sets", sets)
    explored = explore_all(read(roots), {})
    return [(one.element, one.reason) for one in judge(explored, known().clocks)]


@pytest.mark.parametrize(
    ("condition", "sets"),
    [
        ("kind == 'p'", "kind=p|q"),
        ("kind == 'p'", "kind"),
        ("n > 3 and n < 5", "n"),
        ("n >= 1000000", "n"),
        ("n == m", "n m"),
        ("n > m and m > k", "n m k"),
        ("n >= m and n < 100", "n m"),
        ("-1 > n", "n"),
        ("yes and not no", "yes no"),
        ("kind in ['p', 'q']", "kind=p|q|r"),
        ("given is None", "given=None|p"),
    ],
)
def test_a_condition_that_may_or_may_not_hold_is_accepted(condition: str, sets: str) -> None:
    assert said(condition, sets) == []


@pytest.mark.parametrize(
    ("condition", "sets", "flow"),
    [
        ("kind == 'p' and kind == 'q'", "kind=p|q", "x1__a"),
        ("n > 3 and n < 4", "n", "x1__a"),
        ("n > m and m > n", "n m", "x1__a"),
        ("yes and not yes", "yes", "x1__a"),
        ("kind in ['p', 'q']", "kind=p|q", "x1__b"),
        ("n > 3 or n <= 3", "n", "x1__b"),
    ],
)
def test_a_flow_that_no_value_opens_is_found(condition: str, sets: str, flow: str) -> None:
    assert said(condition, sets) == [(flow, NEVER)]


def test_a_condition_that_calculates_is_not_proved() -> None:
    sentence = "not proved: “n + 1” calculates; compare with words, numbers or variables"

    assert ("small", sentence) in said("n + 1 > 2", "n")


def test_a_list_must_be_set_before_an_activity_is_done_for_each_of_it() -> None:
    roots = drawing("s>t t>a a>e").roots
    task = roots["small.bpmn"].find(".//{*}userTask[@id='a']")
    several = etree.SubElement(
        task, "{http://www.omg.org/spec/BPMN/20100524/MODEL}multiInstanceLoopCharacteristics"
    )
    etree.SubElement(
        several, several.tag.replace("multiInstanceLoopCharacteristics", "loopDataInputRef")
    ).text = "them"

    found = [(one.element, one.reason) for one in values.findings(read(roots), known())]

    assert found == [("a", "the variable them is not set on every way to here")]
