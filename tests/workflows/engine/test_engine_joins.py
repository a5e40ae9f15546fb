"""Parallel joins: in loops, in rows, fed from behind; and what the library does without the cure."""

from random import Random

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play
from tests.workflows.engine.oracle import TokenGame
from tests.workflows.engine.random_blocks import PLAIN_BLOCKS, Block, Grower
from tests.workflows.engine.random_models import RandomModel
from tests.workflows.engine.stock import Stock


def reviewed_twice() -> bytes:
    """Two reviewers in parallel; whoever decides may send both to work again."""
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("parallelGateway", "fork"))
    drawing.add("parallelGateway", "join")
    for name in ("first_review", "second_review"):
        drawing.line("fork", drawing.person(name), "join")
    drawing.line("join", drawing.person("decide"), drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", "fork", "result == 'again'")
    drawing.flow("gate", drawing.end(), default=True)
    return drawing.xml()


def test_join_in_a_loop_needs_every_branch_on_every_lap() -> None:
    run = Play(reviewed_twice())
    for _ in range(3):
        run.go("first_review").go("second_review")
        run.go("decide", result="again")
        run.go("second_review")

        assert run.waiting == ["first_review"]
        run.go("first_review").go("decide", result="again")


def test_library_still_fires_a_join_early_on_the_second_lap() -> None:
    run = Stock({"p.bpmn": reviewed_twice()})
    run.go("first_review")
    run.go("second_review")
    run.go("decide", result="again")
    run.go("second_review")

    # Should this fail, the library has changed: compare joins.py with its own join again.
    assert "decide" in run.waiting()


def plain_tree(seed: int) -> Block:
    """A model of what the library is said to run: user tasks, choices, parallel blocks and loops."""
    return Grower(Random(seed), blocks=PLAIN_BLOCKS, events=False).model()


def stock_differs(seed: int) -> bool:
    """Play a random model in the library and in the token game; say whether they ever wait differently."""
    random, model = Random(seed), RandomModel(plain_tree(seed))
    game, run = TokenGame(model.scopes, "p"), Stock(model.files)
    for _ in range(40):
        if run.ended != game.ended or run.waiting() != sorted(name for _, name, _ in game.waiting()):
            return True
        if game.ended:
            return False
        element = random.choice(game.waiting())[1]
        outcome = model.outcome(element, random)
        game.go(element, dict(outcome))
        run.go(element, **outcome)
    return False


def test_oracle_catches_the_early_join_when_the_cure_is_off() -> None:
    kinds = {seed: {block.kind for block in plain_tree(seed).all()} for seed in range(200)}
    differing = {seed for seed in kinds if stock_differs(seed)}

    assert differing
    assert all({"loop", "and"} <= kinds[seed] for seed in differing)


def three_ways_in_a_row(blocks: int) -> bytes:
    """Parallel blocks of three tasks, one after the other."""
    drawing = Drawing()
    last = drawing.start()
    for number in range(blocks):
        fork = drawing.add("parallelGateway", f"fork_{number}")
        join = drawing.add("parallelGateway", f"join_{number}")
        drawing.line(last, fork)
        for way in range(3):
            drawing.line(fork, drawing.person(f"task_{number}_{way}"), join)
        last = join
    drawing.line(last, drawing.end())
    return drawing.xml()


def test_nine_parallel_blocks_of_three_stay_small() -> None:
    run = Play(three_ways_in_a_row(9))
    sizes = [len(run.step.state)]
    while not run.step.ended:
        run.go(run.waiting[0], note="x" * 20)
        sizes.append(len(run.step.state))

    assert max(sizes) <= 32 * 1024
    assert len(sizes) == 28


def test_library_still_predicts_exponentially() -> None:
    counts = [Stock({"p.bpmn": three_ways_in_a_row(blocks)}).tasks for blocks in (1, 3, 5)]

    # Should this fail, flow.py may have become unnecessary.
    assert counts[1] > 5 * counts[0]
    assert counts[2] > 5 * counts[1]


def test_join_fed_from_behind_itself_fires_for_the_flow_that_can_arrive() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("parallelGateway", "join"), drawing.person("work"))
    drawing.line("work", drawing.add("exclusiveGateway", "gate"))
    drawing.flow("gate", drawing.person("repair"), "result == 'repair'")
    drawing.flow("repair", "join")
    drawing.flow("gate", drawing.end(), default=True)
    run = Play(drawing.xml())

    assert run.waiting == ["work"]
    for _ in range(3):
        run.go("work", result="repair").go("repair")
        assert run.waiting == ["work"]
    assert run.go("work", result="good").step.ended


def branches_with_data() -> bytes:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("before"), drawing.add("parallelGateway", "fork"))
    drawing.add("parallelGateway", "join")
    drawing.line("fork", drawing.person("left"), "join")
    drawing.line("fork", drawing.person("right"), "join")
    drawing.line("join", drawing.person("after"), drawing.end())
    return drawing.xml()


@pytest.mark.parametrize("order", [("left", "right"), ("right", "left")])
def test_branch_that_did_not_touch_a_value_does_not_cover_the_other_branch(order: tuple[str, str]) -> None:
    run = Play(branches_with_data()).go("before", police="none", report="none")
    changes = {"left": {"police": "filed"}, "right": {"report": "sent"}}
    for element in order:
        run.go(element, **changes[element])

    assert run.wait("after").data == {"police": "filed", "report": "sent"}


def test_value_written_last_stands_where_both_branches_wrote_it() -> None:
    run = Play(branches_with_data()).go("before", mark=0).go("right", mark=1).go("left", mark=2)

    assert run.wait("after").data == {"mark": 2}


def test_old_copy_that_arrives_late_covers_nothing() -> None:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.person("work"), drawing.add("exclusiveGateway", "gate"))
    drawing.boundary("word_came", "work", message="word", interrupting=False)
    drawing.line("word_came", drawing.person("file_word"), drawing.end("filed"))
    drawing.flow("gate", "work", "result == 'again'")
    drawing.flow("gate", drawing.end(), default=True)
    run = Play(drawing.xml()).go("word_came").go("file_word").go("work", result="again", lap=1)
    run.go("word_came").go("work", result="good", lap=2).go("file_word")

    assert run.step.ended
    assert run.step.data["lap"] == 2
