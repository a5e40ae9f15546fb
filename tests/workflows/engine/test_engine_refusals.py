"""What a model may not hold, and how its author learns of it."""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play
from workflows import engine
from workflows.engine.structure import loose_ends

TIMER = "<timerEventDefinition><{0}>x</{0}></timerEventDefinition>"


def around(draw: Callable[[Drawing], object]) -> bytes:
    """A start, something in the middle with the id `x`, and an end."""
    drawing = Drawing()
    drawing.start()
    drawing.end()
    draw(drawing)
    drawing.line("start", "x", "end")
    return drawing.xml()


def task(drawing: Drawing, inner: str = "", **attributes: str) -> None:
    drawing.people.append("x")
    drawing.add("userTask", "x", inner, **attributes)


NUMBER = "<loopCardinality>{0}</loopCardinality>"
LIST = "<loopDataInputRef>l</loopDataInputRef>"
MANY = "<multiInstanceLoopCharacteristics{0}>{1}</multiInstanceLoopCharacteristics>"


def many(drawing: Drawing, inner: str, *, behavior: str = "", **attributes: str) -> None:
    task(drawing, MANY.format(f' behavior="{behavior}"' if behavior else "", inner), **attributes)


CASES: dict[str, tuple[Callable[[Drawing], object], str]] = {
    "complex gateway": (lambda d: d.add("complexGateway", "x"), "complex gateway is not supported"),
    "inclusive gateway": (lambda d: d.add("inclusiveGateway", "x"), "must either part ways or join them"),
    "event gateway": (lambda d: d.add("eventBasedGateway", "x"), "needs two or more events behind it"),
    "script": (lambda d: d.add("scriptTask", "x"), "script task is not supported"),
    "send": (lambda d: d.add("sendTask", "x"), "send task is not supported"),
    "manual": (lambda d: d.add("manualTask", "x"), "manual task is not supported"),
    "untyped": (lambda d: d.add("task", "x"), "without a type is not supported"),
    "ad hoc": (lambda d: d.add("adHocSubProcess", "x"), "ad-hoc sub-process is not supported"),
    "transaction": (lambda d: d.add("transaction", "x"), "transaction is not supported"),
    "compensation": (lambda d: task(d, isForCompensation="true"), "compensation is not supported"),
    "loop": (lambda d: task(d, "<standardLoopCharacteristics/>"), "standard loop is not supported"),
    "neither number nor list": (lambda d: many(d, ""), "needs either a number"),
    "number and list": (lambda d: many(d, NUMBER.format(2) + LIST), "needs either a number"),
    "too many": (lambda d: many(d, NUMBER.format(51)), "51 instances are drawn; at most 50 .*called process"),
    "unread number": (lambda d: many(d, NUMBER.format("len(people)")), "Call is not allowed"),
    "results of nothing": (lambda d: many(d, LIST + "<loopDataOutputRef>r</loopDataOutputRef>"), "need both"),
    "item without a name": (
        lambda d: many(d, LIST + '<inputDataItem id="i"/>'),
        "inputDataItem needs a name",
    ),
    "item named as the list": (lambda d: many(d, LIST + '<inputDataItem name="l"/>'), "four different names"),
    "events of instances": (lambda d: many(d, NUMBER.format(2), behavior="None"), "events of a multi"),
    "clock of instances": (lambda d: many(d, NUMBER.format(2), fg_stopsClock="c"), "cannot start or stop"),
    "instances of a service": (
        lambda d: d.add("serviceTask", "x", MANY.format("", NUMBER.format(2)), fg_operation="o"),
        "only a user task, a sub-process or a call activity may have several instances",
    ),
    "too many calls": (
        lambda d: d.add("callActivity", "x", MANY.format("", NUMBER.format(10_001)), calledElement="p"),
        "10001 instances are drawn; at most 10000 are possible",
    ),
    "event sub-process": (
        lambda d: d.add("subProcess", "x", triggeredByEvent="true"),
        "event sub-process is not supported",
    ),
    "cycle": (
        lambda d: d.add("intermediateCatchEvent", "x", TIMER.format("timeCycle"), fg_clock="c"),
        "cycle timer is not supported",
    ),
    "duration": (
        lambda d: d.add("intermediateCatchEvent", "x", TIMER.format("timeDuration"), fg_clock="c"),
        "duration timer is not supported",
    ),
    "timer without clock": (
        lambda d: d.add("intermediateCatchEvent", "x", TIMER.format("timeDate")),
        "must name its legal clock",
    ),
    "signal": (
        lambda d: d.add("intermediateCatchEvent", "x", "<signalEventDefinition/>"),
        "signal event is not supported",
    ),
    "unknown message": (
        lambda d: d.add("receiveTask", "x", messageRef="nothing"),
        "message it waits for is not defined",
    ),
    "unknown operation": (
        lambda d: d.add("serviceTask", "x", fg_operation="no.such"),
        "operation no.such is not registered",
    ),
    "no operation": (lambda d: d.add("serviceTask", "x"), "must name its operation with fundguard:operation"),
    "no decision": (lambda d: d.add("businessRuleTask", "x"), "must name its table with fundguard:decision"),
    "missing decision": (
        lambda d: d.add("businessRuleTask", "x", fg_decision="gone"),
        "decision gone is not among the files",
    ),
    "missing process": (
        lambda d: d.add("callActivity", "x", calledElement="gone"),
        "process gone is not among the files",
    ),
    "no lane": (lambda d: d.add("userTask", "x"), "must lie in a lane"),
    "unknown attribute": (lambda d: task(d, fg_dutty="handle"), "attribute fundguard:dutty is unknown"),
    "data": (lambda d: task(d, "<dataInputAssociation/>"), "data association is not supported"),
}


@pytest.mark.parametrize("case", CASES)
def test_model_is_refused_with_file_element_and_one_sentence(case: str) -> None:
    draw, sentence = CASES[case]

    with pytest.raises(engine.ModelRefused, match=sentence) as refusal:
        Play(around(draw))

    assert refusal.value.file == "p.bpmn"
    assert refusal.value.element == "x"


def test_two_flows_out_of_a_task_are_refused() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.end("a"))
    drawing.line("work", drawing.end("b"))

    with pytest.raises(engine.ModelRefused, match="only gateways may have more than one flow"):
        Play(drawing.xml())


def test_condition_behind_a_task_is_refused() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"))
    drawing.flow("work", drawing.end(), "a == 1")

    with pytest.raises(engine.ModelRefused, match="only a flow out of an exclusive or inclusive gateway"):
        Play(drawing.xml())


def test_flow_without_condition_or_default_is_refused() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.end("a"), "a == 1")
    drawing.flow("gate", drawing.end("b"))

    with pytest.raises(engine.ModelRefused, match="needs a condition or must be the default"):
        Play(drawing.xml())


def test_process_that_calls_itself_is_refused() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("callActivity", "again", calledElement="p"), drawing.end())

    with pytest.raises(engine.ModelRefused, match="calls itself"):
        Play(drawing.xml())


def test_id_used_in_a_called_process_too_is_refused() -> None:
    outer, inner = Drawing("p"), Drawing("inner")
    outer.line(outer.start(), outer.add("callActivity", "call", calledElement="inner"), outer.end())
    inner.line(inner.start(), inner.end("other"))

    with pytest.raises(engine.ModelRefused, match="start: this id is used in the process p too"):
        Play({"p.bpmn": outer.xml(), "inner.bpmn": inner.xml()})


def test_condition_over_a_variable_that_nothing_sets_is_refused() -> None:
    drawing = Drawing(attributes='fundguard:dataIn="kind=a|b"')
    drawing.line(drawing.start(), drawing.person("work", fg_sets="result=x|y"))
    drawing.line("work", drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.end("a"), "kind == 'a' and resultt == 'x'")
    drawing.flow("gate", drawing.end("b"), default=True)

    with pytest.raises(engine.ModelRefused, match="gate: nothing sets the variable resultt"):
        Play(drawing.xml())


def test_file_that_is_no_xml_is_refused() -> None:
    with pytest.raises(engine.ModelRefused, match="not well-formed"):
        Play(b"<definitions")


@pytest.mark.parametrize("entity", ["<!ELEMENT d ANY>", '<!ENTITY secret "word">'])
def test_file_with_a_document_type_is_refused(entity: str) -> None:
    declared = f"<!DOCTYPE d [{entity}]>".encode() + around(task)

    with pytest.raises(engine.ModelRefused, match="document type declaration is not allowed"):
        Play(declared)


def loose(draw: Callable[[Drawing], object]) -> bytes:
    """A sound line of three, and something that is not."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.end())
    draw(drawing)
    return drawing.xml()


LOOSE: dict[str, tuple[Callable[[Drawing], object], str]] = {
    "dead end": (lambda d: d.line("work", d.add("parallelGateway", "x")), "no flow leads out of"),
    "second start": (lambda d: d.line(d.start("x"), "end"), "need exactly one start event"),
    "island": (lambda d: d.line(d.person("x"), "end"), "no token can reach this element"),
    "flow out of an end": (lambda d: d.line("end", "work"), "a flow leads out of an end"),
    "flow to a start": (lambda d: d.line("end", "start"), "may lead to a start"),
    "flow to nowhere": (lambda d: d.line("work", "nowhere"), "does not join two elements"),
    "border of a gateway": (
        lambda d: d.line(d.boundary("x", "start"), "end"),
        "must be attached to an activity",
    ),
}


@pytest.mark.parametrize("case", LOOSE)
def test_loose_end_is_refused(case: str) -> None:
    draw, sentence = LOOSE[case]

    with pytest.raises(engine.ModelRefused, match=r"only gateways|p\.bpmn") as refusal:
        Play(loose(draw))

    assert any(sentence in reason for _, reason in problems(loose(draw)))
    assert refusal.value.element


def problems(drawn: bytes) -> list[tuple[str, str]]:
    """Every loose end of the only process in a file."""
    return list(loose_ends(etree.fromstring(drawn).find("{*}process")))
