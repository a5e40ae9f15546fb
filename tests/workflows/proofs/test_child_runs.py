"""What the proofs say of a call activity with several instances: its runs are played, and only results come back."""

from lxml import etree

from tests.bpmn.real_models import known
from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.oracle_scopes import Many
from tests.workflows.engine.random_models import instances_xml
from workflows.proofs import values
from workflows.proofs.drawing import Drawings, read
from workflows.proofs.soundness import explore_all, judge

EACH = Many(False, "shops", item="shop", result="loss", results="losses")


def drawn(many: Many | None, *, stuck: bool = False) -> Drawings:
    """Each shop is inspected; by what an inspection said, somebody decides. `stuck`: an inspection never ends."""
    caller = Drawing("p", attributes='fundguard:dataIn="shops"')
    call = caller.add("callActivity", "each", instances_xml(many) if many else "", calledElement="c")
    caller.line(caller.start(), call, caller.add("exclusiveGateway", "gate"))
    caller.flow("gate", caller.person("fine"), "verdict == 'bad'")
    caller.flow("gate", caller.person("close"), default=True)
    caller.line("fine", caller.end())
    caller.line("close", "end")
    called = Drawing("c", attributes='fundguard:dataIn="shop"')
    called.line(called.start("begin"), called.person("inspect", fg_sets="verdict=bad|good"))
    called.line("inspect", called.add("parallelGateway", "fork"), called.end("inspected"))
    if stuck:
        called.line("fork", called.person("left"), called.add("parallelGateway", "join"), called.end("both"))
        called.line(called.person("inspect2"), "join")
        called.boundary("late", "inspect", interrupting=True)
        called.line("late", "inspect2")
    return read({f"{d.process_id}.bpmn": etree.fromstring(d.xml()) for d in (caller, called)})


def reasons(drawings: Drawings) -> set[tuple[str, str]]:
    """Element and sentence of everything that the runs do wrong."""
    return {(one.element, one.reason) for one in judge(explore_all(drawings, {}), known().clocks)}


def test_what_an_inspection_said_reaches_the_caller_of_one_and_not_of_many() -> None:
    assert reasons(drawn(None)) == set()

    unanswered = "a condition cannot be answered here: the variable verdict has not been set"
    assert reasons(drawn(EACH)) == {("gate", unanswered)}


def test_a_child_run_that_never_ends_is_found() -> None:
    found = reasons(drawn(EACH, stuck=True))

    assert any(element == "join" and reason.startswith("a token waits") for element, reason in found)


def test_each_item_is_given_and_the_results_are_set() -> None:
    drawings = drawn(EACH)
    found = {(one.element, one.reason) for one in values.findings(drawings, known())}

    assert found == {("gate", "the variable verdict is not set on every way to here")}
    without = {one.element for one in values.findings(drawn(None), known())}
    assert "each" in without, "a plain call has nowhere to take the shop from"
