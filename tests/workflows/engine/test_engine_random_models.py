"""The engine against the token game: random models, random paths, saved and restored at every step."""

import os
from random import Random

import pytest

from tests.workflows.engine.hosts import Play
from tests.workflows.engine.oracle import TokenGame
from tests.workflows.engine.random_models import RandomModel

OPERATIONS = {"test.effect": "effect", "test.compute": "compute"}
SEED = int(os.environ.get("FUNDGUARD_TEST_SEED", "20260301"))
MODELS = 300
STEPS = 40


def play(seed: int) -> bool:
    """Play one model on one path in both; the answer says whether it reached its end."""
    random = Random(seed)
    model = RandomModel(random)
    game = TokenGame(model.scopes, "p")
    run = Play(model.files, operations=OPERATIONS)
    for number in range(STEPS):
        expected = sorted((name, sorted(data.items())) for _, name, data in game.waiting())
        found = sorted((wait.element_id, sorted(wait.data.items())) for wait in run.step.waits)
        assert found == expected
        assert run.step.ended == game.ended
        if game.ended:
            assert run.step.data == game.data()
            return True
        element = random.choice(game.waiting())[1]
        outcome = {**model.outcome(element), f"v_{element}": number}
        game.go(element, outcome)
        run.go(element, **outcome)
    return False


@pytest.mark.parametrize("block", range(6))
def test_engine_moves_random_models_as_the_token_game_does(block: int) -> None:
    ended = 0
    for number in range(block * MODELS // 6, (block + 1) * MODELS // 6):
        seed = SEED + number
        try:
            ended += play(seed)
        except Exception as error:
            pytest.fail(f"model with seed {seed}: {error!r}")

    assert ended > MODELS // 6 // 4
