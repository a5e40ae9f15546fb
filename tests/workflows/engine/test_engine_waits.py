"""What a run waits for, and what ends a wait."""

from datetime import UTC, datetime

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import DUE, NOW, Play, TestHost
from workflows import engine

CLAIM = {"tell": "effect", "book": "compute"}


def claim() -> bytes:
    """A reward that is claimed, given up, or lapses."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("serviceTask", "notify", fg_operation="tell"))
    drawing.line("notify", drawing.receive("await_claim", "reward_claimed"))
    drawing.line("await_claim", drawing.person("pay"), drawing.end("paid"))
    drawing.boundary("claim_period_over", "await_claim")
    drawing.boundary("given_up", "await_claim", message="reward_given_up")
    drawing.line("claim_period_over", drawing.add("serviceTask", "lapse", fg_operation="book"))
    drawing.line("lapse", drawing.end("lapsed"))
    drawing.line("given_up", drawing.end("dropped"))
    return drawing.xml()


def test_effect_waits_for_its_answer() -> None:
    run = Play(claim(), operations=CLAIM)

    assert [(wait.element_id, wait.kind) for wait in run.step.waits] == [("notify", "effect")]
    run.go("notify", notified_on="2026-03-02")
    assert run.wait("await_claim").data == {"notified_on": "2026-03-02"}


def test_receive_task_waits_together_with_its_boundary_events() -> None:
    run = Play(claim(), operations=CLAIM).go("notify")

    assert {(wait.element_id, wait.kind, wait.message, wait.due) for wait in run.step.waits} == {
        ("await_claim", "message", "reward_claimed", None),
        ("claim_period_over", "timer", None, DUE),
        ("given_up", "message", "reward_given_up", None),
    }


@pytest.mark.parametrize(
    ("element", "left", "passed"),
    [
        ("await_claim", ["pay"], "await_claim"),
        ("claim_period_over", [], "lapsed"),
        ("given_up", [], "dropped"),
    ],
)
def test_first_that_comes_takes_the_other_waits_away(element: str, left: list[str], passed: str) -> None:
    run = Play(claim(), operations=CLAIM).go("notify").go(element)

    assert run.waiting == left
    assert passed in run.seen


def test_timer_fires_only_when_told() -> None:
    late = datetime(2030, 1, 1, tzinfo=UTC)
    run = Play(claim(), operations=CLAIM)
    step = engine.resume(
        run.definition, run.step.state, run.wait("notify").task_id, {}, now=late, host=run.host
    )

    assert "claim_period_over" in {wait.element_id for wait in step.waits}


def test_ended_wait_cannot_be_ended_again() -> None:
    run = Play(claim(), operations=CLAIM)
    task_id = run.wait("notify").task_id
    run.go("notify")

    with pytest.raises(engine.WaitGone):
        engine.resume(run.definition, run.step.state, task_id, {}, now=NOW, host=run.host)


def test_due_moment_without_offset_is_refused() -> None:
    class Naive(TestHost):
        def due(self, clock: str, element_id: str, data: object) -> datetime:
            return datetime(2026, 4, 1)

    run = Play(claim(), operations=CLAIM, host=Naive())

    with pytest.raises(engine.StepFailed, match="claim_period_over"):
        run.go("notify")


def test_passed_elements_come_in_order_with_kind_and_process() -> None:
    run = Play(claim(), operations=CLAIM).go("notify").go("claim_period_over")

    assert [(passed.element_id, passed.kind) for passed in run.step.passed] == [
        ("claim_period_over", "timer"),
        ("lapse", "compute"),
        ("lapsed", "end"),
    ]
    assert {passed.process_id for passed in run.step.passed} == {"p"}


def test_same_inputs_give_the_same_bytes() -> None:
    first, second = (Play(claim(), operations=CLAIM).go("notify").go("await_claim") for _ in range(2))

    assert first.step.state == second.step.state


def called() -> dict[str, bytes]:
    """A process that calls another, which has a sub-process inside."""
    outer, inner = Drawing("p"), Drawing("inner")
    outer.line(outer.start("begin"), outer.add("callActivity", "call", calledElement="inner"))
    outer.line("call", outer.person("after"), outer.end("over"))
    outer.boundary("stopped", "call", message="stop")
    outer.line("stopped", outer.end("stopped_end"))
    inner.open_sub()
    inner.line(inner.start("deep_start"), inner.person("deep"), inner.end("deep_end"))
    inner.close_sub("part")
    inner.line(inner.start("inner_start"), "part", inner.end("inner_end"))
    return {"p.bpmn": outer.xml(), "inner.bpmn": inner.xml()}


def test_called_process_hands_its_data_back() -> None:
    run = Play(called(), data={"case_id": 7}).go("deep", result="sent")

    assert run.wait("after").data == {"case_id": 7, "result": "sent"}
    assert run.seen == ["begin", "inner_start", "deep_start", "deep", "deep_end", "part", "inner_end", "call"]


def test_wait_inside_a_sub_process_names_the_process_in_which_it_is_drawn() -> None:
    run = Play(called())

    assert run.wait("deep").process_id == "inner"


def test_interrupting_a_call_ends_all_that_runs_inside() -> None:
    run = Play(called()).go("stopped")

    assert run.step.ended
    assert run.waiting == []


def test_terminate_ends_every_branch() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("parallelGateway", "fork"))
    drawing.line("fork", drawing.person("stop"), drawing.end("stopped", terminate=True))
    drawing.line("fork", drawing.person("go_on"), drawing.end("done"))
    run = Play(drawing.xml()).go("stop", reason="withdrawn")

    assert run.step.ended
    assert run.step.data == {"reason": "withdrawn"}


def test_declared_variables_start_as_none() -> None:
    drawing = Drawing(attributes='fundguard:variables="transfer"')
    drawing.line(drawing.start(), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.person("ask"), "transfer is None")
    drawing.flow("gate", drawing.end("known"), default=True)
    drawing.line("ask", drawing.end())

    assert Play(drawing.xml()).waiting == ["ask"]
    assert Play(drawing.xml(), data={"transfer": "refuse"}).step.ended


def test_failed_condition_names_the_gateway_and_the_variable() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.end("a"), "fine_fen > 5")
    drawing.flow("gate", drawing.end("b"), default=True)

    with pytest.raises(engine.StepFailed, match=r"gate.*variable fine_fen has not been set"):
        Play(drawing.xml())


def test_branches_are_tried_in_the_order_of_the_file() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.person("first"), "amount > 1")
    drawing.flow("gate", drawing.person("second"), "amount > 0")
    drawing.flow("gate", drawing.end(), default=True)
    drawing.line("first", "end")
    drawing.line("second", "end")
    places = {"first": 900, "second": 10, "end": 500}
    shapes = "".join(
        f'<di:BPMNShape xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" bpmnElement="{name}">'
        f'<c:Bounds xmlns:c="http://www.omg.org/spec/DD/20100524/DC" x="1" y="{y}"/></di:BPMNShape>'
        for name, y in places.items()
    ).encode()
    drawn = drawing.xml().replace(b"</definitions>", shapes + b"</definitions>")

    assert Play(drawn, data={"amount": 5}).waiting == ["first"]
