"""Inclusive and event-based gateways, by hand; the random models try them in every company."""

from collections.abc import Callable

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play
from workflows import engine


def advice(kind: str = "inclusiveGateway") -> Drawing:
    """Ask for two opinions, or one, or none; then decide, perhaps again."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("ask"), drawing.add("inclusiveGateway", "fork"))
    drawing.add(kind, "join")
    for name in ("legal", "medical"):
        drawing.flow("fork", drawing.person(name), f"{name} == 'yes'")
        drawing.flow(name, "join")
    drawing.flow("fork", drawing.person("note"), default=True)
    drawing.line("note", "join")
    drawing.line("join", drawing.person("decide"), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", "ask", "result == 'again'")
    drawing.flow("gate", drawing.end(), default=True)
    return drawing


@pytest.mark.parametrize(
    ("legal", "medical", "opened"),
    [
        ("yes", "yes", ["legal", "medical"]),
        ("yes", "no", ["legal"]),
        ("no", "yes", ["medical"]),
        ("no", "no", ["note"]),
    ],
)
def test_inclusive_join_waits_for_the_ways_that_were_opened(
    legal: str, medical: str, opened: list[str]
) -> None:
    run = Play(advice().xml())
    for result in ("again", "good"):
        run.go("ask", legal=legal, medical=medical)

        assert run.waiting == opened
        for element in opened:
            assert "decide" not in run.waiting
            run.go(element)
        assert run.waiting == ["decide"]
        run.go("decide", result=result)
    assert run.step.ended


def test_inclusive_join_does_not_wait_for_a_branch_that_has_ended() -> None:
    drawing = advice()
    drawing.boundary("withdrawn", "legal", message="withdraw")
    drawing.line("withdrawn", drawing.end("gone"))
    run = Play(drawing.xml()).go("ask", legal="yes", medical="yes").go("medical").go("withdrawn")

    assert run.waiting == ["decide"]


def panel() -> bytes:
    """A note and the reports of a panel meet at the chair, whose join lies behind the panel's and is drawn first."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("parallelGateway", "fork"))
    drawing.line("fork", drawing.add("inclusiveGateway", "chair"), drawing.end(terminate=True))
    drawing.line("fork", drawing.add("parallelGateway", "panel"))
    drawing.add("inclusiveGateway", "reports")
    drawing.line(
        "panel", drawing.person("legal"), drawing.add("exclusiveGateway", "desk"), "reports", "chair"
    )
    drawing.line("panel", drawing.person("medical"), "desk")
    drawing.line("panel", drawing.person("police"), "reports")
    return drawing.xml()


def test_inclusive_join_that_could_feed_another_fires_before_it() -> None:
    run = Play(panel()).go("legal").go("medical").go("police")

    assert run.step.ended
    assert [element for element in run.seen if element in ("reports", "chair")] == [
        "reports",
        "reports",
        "chair",
    ]


def test_parallel_join_behind_an_inclusive_fork_is_refused() -> None:
    with pytest.raises(engine.ModelRefused, match="fork: the ways of an inclusive gateway must meet"):
        Play(advice("parallelGateway").xml())


def test_flow_into_an_inclusive_block_is_refused() -> None:
    drawing = advice()
    drawing.flow("gate", "medical", "result == 'medical'")

    with pytest.raises(engine.ModelRefused, match="join: an inclusive join must close the block of one"):
        Play(drawing.xml())


def test_inclusive_gateway_that_joins_and_parts_is_refused() -> None:
    drawing = advice()
    drawing.line("join", drawing.person("tell"), drawing.end("told"))

    with pytest.raises(engine.ModelRefused, match="must either part ways or join them|needs a condition"):
        Play(drawing.xml())


def test_inclusive_gateway_where_no_condition_holds_fails_with_its_name() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("inclusiveGateway", "fork"))
    drawing.add("inclusiveGateway", "join")
    for name in ("a", "b"):
        drawing.flow("fork", drawing.person(name), f"way == '{name}'")
        drawing.flow(name, "join")
    drawing.line("join", drawing.end())

    with pytest.raises(engine.StepFailed, match="fork: no condition holds"):
        Play(drawing.xml(), data={"way": "c"})


def claim(*, gateway: str = "", behind: Callable[[Drawing], str] | None = None) -> Drawing:
    """A reward is claimed, given up, or lapses: whichever comes first."""
    drawing = Drawing()
    attributes = {"eventGatewayType": gateway} if gateway else {}
    drawing.line(drawing.start(), drawing.add("eventBasedGateway", "wait", **attributes))
    drawing.line(
        "wait", drawing.catch("claimed", message="claim"), drawing.person("pay"), drawing.end("paid")
    )
    drawing.line("wait", drawing.catch("lapsed"), drawing.end("over"))
    drawing.line("wait", (behind or (lambda d: d.receive("given_up", "give_up")))(drawing), drawing.end("no"))
    return drawing


@pytest.mark.parametrize(
    ("event", "then"), [("claimed", ["pay"]), ("lapsed", []), ("given_up", [])], ids=lambda value: str(value)
)
def test_first_event_behind_a_gateway_takes_the_others_away(event: str, then: list[str]) -> None:
    run = Play(claim().xml())

    assert [(wait.element_id, wait.kind) for wait in run.step.waits] == [
        ("claimed", "message"),
        ("lapsed", "timer"),
        ("given_up", "message"),
    ]
    assert run.go(event).waiting == then
    assert run.step.ended == (not then)


BEHIND: dict[str, tuple[Callable[[Drawing], str], str]] = {
    "person": (lambda d: d.person("x"), "stand events and receive tasks"),
    "same message": (lambda d: d.catch("x", message="claim"), "wait for the same message"),
    "bordered": (
        lambda d: (d.receive("x", "word"), d.line(d.boundary("late", "x"), d.end("e")))[0],
        "stand ev",
    ),
    "second way": (lambda d: (d.catch("x"), d.line("pay", "x"))[0], "no other flow"),
}


@pytest.mark.parametrize("case", BEHIND)
def test_event_gateway_before_something_else_is_refused(case: str) -> None:
    draw, sentence = BEHIND[case]

    with pytest.raises(engine.ModelRefused, match=sentence):
        Play(claim(behind=draw).xml())


def test_parallel_event_gateway_is_refused() -> None:
    with pytest.raises(engine.ModelRefused, match="must be exclusive"):
        Play(claim(gateway="Parallel").xml())
