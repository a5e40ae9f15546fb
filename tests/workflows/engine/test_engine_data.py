"""Process data: what it may hold, that nobody shares it, and how it is kept."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import NOW, Play, TestHost
from workflows import engine
from workflows.engine.codec import COMPRESS_ABOVE, VERSION, restore, save


def branched() -> bytes:
    """A value is set, then two branches; one of them calls an operation."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("before"), drawing.add("parallelGateway", "fork"))
    drawing.line("fork", drawing.add("serviceTask", "assess", fg_operation="assess"), drawing.person("left"))
    drawing.line("fork", drawing.person("right"), drawing.end("right_end"))
    drawing.line("left", drawing.end("left_end"))
    return drawing.xml()


def spoil(data: Mapping[str, Any]) -> Mapping[str, Any]:
    data["findings"]["items"].append("spoilt")
    data["findings"]["new"] = 1
    return {"assessed": True}


def test_operation_that_changes_nested_data_reaches_no_other_branch() -> None:
    run = Play(branched(), operations={"assess": "compute"}, host=TestHost(assess=spoil))
    run.go("before", findings={"items": ["a"]})

    assert run.wait("right").data == {"findings": {"items": ["a"]}}
    assert run.wait("left").data == {"findings": {"items": ["a"]}, "assessed": True}


def test_caller_that_changes_its_outcome_later_reaches_no_run() -> None:
    given: dict[str, Any] = {"items": [1]}
    run = Play(branched(), operations={"assess": "compute"})
    run.go("before", findings=given)
    given["items"].append(2)

    assert run.wait("right").data["findings"] == {"items": [1]}


class Kind(StrEnum):
    PERSON = "person"


VALUES = {
    "amount": Decimal("12.30"),
    "day": date(2026, 3, 2),
    "moment": datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    "nested": [{"amount": Decimal("0.10")}, (1, 2)],
    "kind": Kind.PERSON,
    "key": UUID(int=5),
    "none": None,
    "yes": True,
}


def test_values_survive_saving_with_their_types() -> None:
    run = Play(branched(), operations={"assess": "compute"}).go("before", **VALUES)
    again = restore(run.definition, run.step.state, run.host)
    data = next(task.data for task in again.open_tasks() if task.task_spec.name == "right")

    assert data == {
        **VALUES,
        "nested": [{"amount": Decimal("0.10")}, [1, 2]],
        "key": "00000000-0000-0000-0000-000000000005",
    }
    assert type(data["amount"]) is Decimal
    assert type(data["kind"]) is str


@pytest.mark.parametrize(
    "value",
    [1.5, datetime(2026, 3, 2), b"x", {1: "x"}, {"$decimal": "1"}, object(), 2**60],
)
def test_value_that_data_may_not_hold_is_refused(value: object) -> None:
    run = Play(branched(), operations={"assess": "compute"})

    with pytest.raises(engine.DataRefused):
        run.go("before", value=value)


def test_large_state_is_compressed_and_comes_back() -> None:
    run = Play(branched(), operations={"assess": "compute"}).go("before", text="案" * COMPRESS_ABOVE)

    assert run.step.state[1:2] == b"z"
    assert len(run.step.state) < COMPRESS_ABOVE
    assert run.wait("right").data["text"] == "案" * COMPRESS_ABOVE


def test_state_of_another_format_is_refused() -> None:
    run = Play(branched(), operations={"assess": "compute"})
    newer = bytes([VERSION + 1]) + run.step.state[1:]

    with pytest.raises(engine.StateRefused, match="format"):
        engine.resume(run.definition, newer, "1", {}, now=NOW, host=run.host)


def test_state_of_another_definition_is_refused() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.end())
    other = Play(drawing.xml())
    run = Play(branched(), operations={"assess": "compute"})

    with pytest.raises(engine.StateRefused, match="another definition"):
        engine.resume(other.definition, run.step.state, "1", {}, now=NOW, host=run.host)


def test_payload_that_does_not_fit_its_digest_is_refused() -> None:
    run = Play(branched(), operations={"assess": "compute"})

    with pytest.raises(engine.StateRefused):
        engine.load("0" * 64, run.compiled.payload)


def test_data_held_by_several_tokens_is_stored_once() -> None:
    run = Play(branched(), operations={"assess": "compute"}).go("before", text="x" * 1000)
    restored = restore(run.definition, run.step.state, run.host)

    assert run.step.state.count(b"x" * 1000) == 1
    assert save(restored) == run.step.state


def test_failing_operation_surfaces_as_it_is() -> None:
    class Refusal(Exception):
        pass

    def refuse(data: Mapping[str, Any]) -> Mapping[str, Any]:
        raise Refusal

    run = Play(branched(), operations={"assess": "compute"}, host=TestHost(assess=refuse))
    before = run.step.state

    with pytest.raises(Refusal):
        run.go("before")
    assert run.step.state == before
