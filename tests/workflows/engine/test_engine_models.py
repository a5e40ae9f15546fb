"""What compiling reads from a drawing, and what the digest pins."""

from tests.workflows.engine.drawing import Drawing
from workflows import engine
from workflows.engine import Branch, Variable


def compiled(drawing: Drawing) -> engine.Compiled:
    return engine.compile_model({"p.bpmn": drawing.xml()}, "p", operations={"app.assess": "compute"})


def decided() -> Drawing:
    drawing = Drawing()
    law = "<documentation>APL 57; PP 55\n负责人审查后决定。</documentation>"
    drawing.start()
    drawing.people.append("decide_penalty")
    drawing.add(
        "userTask",
        "decide_penalty",
        law,
        name="作出决定",
        fg_form="decide",
        fg_duty="decide",
        fg_excludes="handle verify",
        fg_candidates="casework.leaders",
        fg_clock="decision",
        fg_clockFrom="filed_on",
        fg_startsClock="decision_service",
        fg_stopsClock="decision hearing",
        fg_sets="decision=penalty|send_back fine_fen",
    )
    drawing.add("exclusiveGateway", "gate")
    drawing.line("start", "decide_penalty", "gate")
    drawing.flow("gate", "decide_penalty", "decision == 'send_back'")
    drawing.flow("gate", drawing.end(), default=True)
    return drawing


def test_element_carries_all_that_the_drawing_says() -> None:
    element = compiled(decided()).elements["decide_penalty"]

    assert (element.kind, element.label, element.lane) == ("person", "作出决定", "case_handler")
    assert (element.article, element.text) == ("APL 57; PP 55", "负责人审查后决定。")
    assert (element.form, element.duty, element.excludes) == ("decide", "decide", ("handle", "verify"))
    assert (element.candidates, element.clock, element.clock_from) == (
        "casework.leaders",
        "decision",
        "filed_on",
    )
    assert element.starts_clock == ("decision_service",)
    assert element.stops_clock == ("decision", "hearing")
    assert element.sets == (Variable("decision", ("penalty", "send_back")), Variable("fine_fen"))


def test_branches_come_with_condition_and_target() -> None:
    branches = compiled(decided()).elements["gate"].branches

    assert [(branch.condition, branch.target) for branch in branches] == [
        ("decision == 'send_back'", "decide_penalty"),
        (None, "end"),
    ]
    assert isinstance(branches[0], Branch)


def test_form_of_a_user_task_is_its_id_unless_said() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.end())

    assert compiled(drawing).elements["work"].form == "work"


def test_elements_of_a_loaded_definition_equal_the_compiled_ones() -> None:
    model = compiled(decided())

    assert dict(engine.load(model.digest, model.payload).elements) == dict(model.elements)


def test_digest_is_the_same_for_the_same_meaning() -> None:
    other = engine.compile_model({"renamed.bpmn": decided().xml()}, "p")

    assert compiled(decided()).digest == other.digest


def test_digest_changes_with_the_meaning() -> None:
    changed = decided().xml().replace(b"send_back'", b"sent_back'")

    assert engine.compile_model({"p.bpmn": changed}, "p").digest != compiled(decided()).digest


def test_digest_changes_with_a_called_process() -> None:
    outer, inner = Drawing("p"), Drawing("inner")
    outer.line(outer.start(), outer.add("callActivity", "call", calledElement="inner"), outer.end())
    inner.line(inner.start("begin"), inner.person("work"), inner.end("over"))
    first = engine.compile_model({"p": outer.xml(), "i": inner.xml()}, "p")
    changed = inner.xml().replace(b'"work"', b'"work_more"').replace(b">work<", b">work_more<")
    second = engine.compile_model({"p": outer.xml(), "i": changed}, "p")

    assert first.digest != second.digest
    assert set(second.elements) == {"start", "call", "end", "begin", "work_more", "over"}
