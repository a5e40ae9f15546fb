"""Multi-instance activities, by hand; the random models try them in every company."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import NOW, Play
from tests.workflows.engine.oracle_scopes import Many
from tests.workflows.engine.random_models import instances_xml
from workflows import engine
from workflows.engine.codec import restore
from workflows.engine.instances import MOST_INSTANCES

REVIEWERS = Many(False, "reviewers", item="reviewer", result="opinion", results="opinions")
IN_TURN = Many(True, "reviewers", item="reviewer", result="opinion", results="opinions")


def review(many: Many) -> Drawing:
    """Each reviewer gives an opinion; then somebody decides. A message may stop the review."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("review", inner=instances_xml(many)))
    drawing.line("review", drawing.person("decide"), drawing.end())
    drawing.boundary("stopped", "review", message="stop")
    drawing.line("stopped", drawing.end("stopped_end"))
    return drawing


def play(many: Many, *reviewers: Any) -> Play:
    return Play(review(many).xml(), data={"reviewers": list(reviewers), "case_id": 7})


def test_each_item_of_a_list_is_an_instance_with_its_item() -> None:
    run = play(REVIEWERS, "li", "wang", "zhao")

    assert [wait.data["reviewer"] for wait in run.step.waits if wait.kind == "person"] == [
        "li",
        "wang",
        "zhao",
    ]


def test_results_stand_in_the_order_of_the_list_whoever_is_first() -> None:
    run = play(REVIEWERS, "li", "wang", "zhao")
    for reviewer, opinion in (("zhao", "no"), ("li", "yes"), ("wang", "perhaps")):
        wait = next(wait for wait in run.step.waits if wait.data.get("reviewer") == reviewer)
        run.step = engine.resume(
            run.definition, run.step.state, wait.task_id, {"opinion": opinion}, now=NOW, host=run.host
        )

    assert run.wait("decide").data == {
        "reviewers": ["li", "wang", "zhao"],
        "case_id": 7,
        "opinions": ["yes", "perhaps", "no"],
    }


def test_instances_in_turn_wait_one_after_another_and_see_what_was_written() -> None:
    run = play(IN_TURN, "li", "wang").go("review", opinion="yes", remark="good")

    assert run.waiting == ["review", "stopped"]
    assert run.wait("review").data == {
        "reviewers": ["li", "wang"],
        "case_id": 7,
        "reviewer": "wang",
        "remark": "good",
    }


def test_list_without_items_is_passed_at_once() -> None:
    assert play(REVIEWERS).wait("decide").data["opinions"] == []


def test_condition_of_completion_withdraws_the_other_instances() -> None:
    many = Many(False, 3, result="opinion", results="opinions", until=("opinion", "no"))
    run = Play(review(many).xml()).go("review", opinion="yes").go("review", opinion="no")

    assert run.waiting == ["decide"]
    assert run.wait("decide").data == {"opinions": ["yes", "no"]}


@pytest.mark.parametrize("many", [REVIEWERS, IN_TURN], ids=["at once", "in turn"])
def test_items_and_results_keep_amounts_and_dates(many: Many) -> None:
    items = [{"amount": Decimal("1.50"), "on": date(2026, 3, 2)}, {"amount": Decimal("2.00")}]
    run = play(many, *items).go("review", opinion=Decimal("0.1")).go("review", opinion=date(2026, 3, 3))

    assert run.wait("decide").data["opinions"] == [Decimal("0.1"), date(2026, 3, 3)]


def test_interrupting_event_withdraws_every_instance() -> None:
    run = play(REVIEWERS, "li", "wang").go("review").go("stopped")

    assert run.step.ended
    assert run.waiting == []


def parts(many: Many) -> bytes:
    """A sub-process for each item, with two tasks in it."""
    drawing = Drawing()
    drawing.open_sub()
    drawing.scopes[-1].append(instances_xml(many))
    drawing.line(
        drawing.start("begin"), drawing.person("check"), drawing.person("write"), drawing.end("checked")
    )
    drawing.close_sub("each")
    drawing.line(drawing.start(), "each", drawing.person("decide"), drawing.end())
    drawing.boundary("stopped", "each", message="stop")
    drawing.line("stopped", drawing.person("tell"), drawing.end("told"))
    return drawing.xml()


def test_sub_process_instances_move_by_themselves() -> None:
    run = Play(parts(REVIEWERS), data={"reviewers": ["li", "wang"]}).go("check", opinion="a")

    assert run.waiting == ["check", "stopped", "write"]
    run.go("write").go("check", opinion="b").go("write")
    assert run.wait("decide").data["opinions"] == ["a", "b"]


def test_interrupting_event_ends_what_runs_inside_every_instance() -> None:
    run = Play(parts(REVIEWERS), data={"reviewers": ["li", "wang"]}).go("check").go("stopped")

    assert run.waiting == ["tell"]
    assert run.go("tell").step.ended


def letters(*, terminate: bool) -> bytes:
    """For each of two recipients a letter is written and sent in a step of its own; one is enough."""
    drawing = Drawing()
    drawing.open_sub()
    drawing.scopes[-1].append(instances_xml(Many(False, 2, until=1)))
    drawing.open_sub()
    drawing.line(drawing.start("write"), drawing.end("written", terminate=terminate))
    drawing.close_sub("letter")
    drawing.line(drawing.start("begin"), "letter", drawing.end("sent"))
    drawing.close_sub("each")
    drawing.line(drawing.start(), "each", drawing.end())
    return drawing.xml()


@pytest.mark.parametrize("terminate", [False, True], ids=["end", "terminate"])
def test_instance_goes_no_further_once_another_was_enough(terminate: bool) -> None:
    seen = Play(letters(terminate=terminate)).seen

    assert (seen.count("written"), seen.count("letter"), seen.count("sent")) == (2, 1, 1)


@pytest.mark.parametrize("many", [REVIEWERS, IN_TURN], ids=["at once", "in turn"])
def test_more_instances_than_possible_are_an_error_with_a_name(many: Many) -> None:
    with pytest.raises(
        engine.LimitReached, match="review: 51 instances; at most 50 .* draw the activity as a called process"
    ):
        play(many, *range(MOST_INSTANCES + 1))


@pytest.mark.parametrize("reviewers", ["li", None, {"li": 1}])
def test_what_is_no_list_fails_with_the_name_of_the_variable(reviewers: Any) -> None:
    with pytest.raises(engine.StepFailed, match="review: the variable reviewers is not a list"):
        Play(review(REVIEWERS).xml(), data={"reviewers": reviewers})


def test_condition_may_not_ask_for_what_nothing_sets() -> None:
    many = Many(False, "reviewerss", result="opinion", results="opinions")
    drawn = review(many)
    drawn.attributes = 'fundguard:dataIn="reviewers"'

    with pytest.raises(engine.ModelRefused, match="nothing sets the variable reviewerss"):
        Play(drawn.xml(), data={"reviewers": []})


def test_state_grows_linearly_with_the_instances_and_shrinks_again() -> None:
    sizes = []
    for count in (10, 20, 40):
        run = play(REVIEWERS, *range(count))
        sizes.append(tasks_of(run))
        for _ in range(count):
            run.go("review", opinion="yes")
        assert tasks_of(run) <= 3

    assert sizes[2] - sizes[1] == 20
    assert sizes[1] - sizes[0] == 10


def tasks_of(run: Play) -> int:
    """How many tasks the stored run holds."""
    return len(restore(run.definition, run.step.state, run.host).tasks)
