"""The engine against the token game: random models, random paths, crashes, saved and restored at every step."""

import os

import pytest

from tests.workflows.engine.prove import Proof, prove

SEED = int(os.environ["FUNDGUARD_TEST_SEED"])
MODELS = 2000
PIECES = 20


@pytest.mark.parametrize("piece", range(PIECES))
def test_engine_moves_random_models_as_the_token_game_does(piece: int) -> None:
    total, models = Proof(), MODELS // PIECES
    for proof in prove(SEED + piece * models, models):
        total.add(proof)

    assert not total.differences, "\n".join(total.differences)
    assert total.counts["ended"] > models // 2
    assert total.counts["crashes"] > models
