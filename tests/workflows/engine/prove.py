"""`python -m tests.workflows.engine.prove --models 100000 --seed 1 [--json] [--workers 2]`

Plays random models in the engine and in the token game and prints what was covered and where they part. The same
seed gives the same models and paths, whatever the number of workers.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.workflows.engine.constructs import constructs, text
from tests.workflows.engine.playing import Difference, Pair, load
from tests.workflows.engine.random_blocks import Block, Grower
from tests.workflows.engine.random_models import RandomModel
from tests.workflows.engine.shrinking import smallest

# Paths tried through a model that differs while it is made smaller.
PATHS = 6
MOST_SHOWN = 20


@dataclass
class Proof:
    """What came out of many models; `differences` holds a text for each model that differs."""

    models: int = 0
    elements: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    constructs: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Proof") -> None:
        """Take over what came out of other models."""
        self.models += other.models
        self.elements += other.elements
        self.counts += other.counts
        self.constructs += other.constructs
        self.differences += other.differences

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON values; `constructs` counts models that hold the construct."""
        return {
            "models": self.models,
            "elements": self.elements,
            **{name: self.counts[name] for name in ("steps", "crashes", "ended", "stuck", "passed")},
            "constructs": dict(self.constructs.most_common()),
            "differences": self.differences,
        }


def grown(seed: int) -> Block:
    """The tree of a seed."""
    return Grower(Random(seed)).model()


def prove_model(seed: int) -> Proof:
    """Play the model of a seed along one path."""
    tree = grown(seed)
    proof = Proof(models=1, constructs=Counter(dict.fromkeys(constructs(tree), 1)))
    try:
        _play(tree, proof, [f"{seed}/0"])
    except Difference:
        proof.differences.append(f"seed {seed}\n{_shown(tree, seed)}")
    return proof


def _play(tree: Block, proof: Proof, seeds: list[str]) -> RandomModel:
    """Raises: Difference."""
    model = RandomModel(tree)
    try:
        definition = load(model)
    except Exception as error:
        raise Difference(0, "compile", "the model was refused", "", repr(error)) from error
    proof.elements += sum(len(scope.nodes) for scope in model.scopes.values())
    for seed in seeds:
        try:
            played = Pair(model, definition, Random(seed)).play()
        except Difference:
            raise
        except Exception as error:
            raise Difference(0, "play", "an error of the test or of the engine", "", repr(error)) from error
        proof.counts.update(
            steps=played.steps, crashes=played.crashes, ended=int(played.ended),
            stuck=int(played.stuck), passed=len(played.passed),
        )  # fmt: skip
    return model


def first_difference(tree: Block, seed: int) -> Difference | None:
    """Where the engine and the token game part on a few paths through a model."""
    try:
        _play(tree, Proof(), [f"{seed}/{path}" for path in range(PATHS)])
    except Difference as difference:
        return difference
    return None


def _shown(tree: Block, seed: int) -> str:
    small = smallest(tree, lambda candidate: first_difference(candidate, seed) is not None)
    return f"{text(small)}\n{first_difference(small, seed)}"


def prove(seed: int, models: int, workers: int = 1) -> Iterator[Proof]:
    """One proof for each model, in any order."""
    seeds = range(seed, seed + models)
    if workers == 1:
        yield from map(prove_model, seeds)
        return
    with multiprocessing.Pool(workers) as pool:
        yield from pool.imap_unordered(prove_model, seeds, chunksize=50)


def _printed(proof: Proof, seed: int, seconds: float) -> str:
    lines = [f"seed {seed}: {proof.models} models with {proof.elements} elements in {seconds:.0f} s"]
    names = ("steps", "passed", "crashes", "ended", "stuck")
    lines.append(", ".join(f"{proof.counts[name]} {name}" for name in names))
    lines += [f"{count:>8} models with {name}" for name, count in proof.constructs.most_common()]
    lines += proof.differences[:MOST_SHOWN]
    lines.append(f"{len(proof.differences)} models differ")
    return "\n".join(lines)


def main() -> int:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--models", type=int, default=2000)
    reader.add_argument("--seed", type=int, default=None)
    reader.add_argument("--workers", type=int, default=1)
    reader.add_argument("--minutes", type=float, default=None, help="stop after so many minutes")
    reader.add_argument("--json", action="store_true")
    asked = reader.parse_args()
    seed = asked.seed if asked.seed is not None else Random().randrange(10**9)
    total, begin = Proof(), time.monotonic()
    for proof in prove(seed, asked.models, asked.workers):
        total.add(proof)
        if asked.minutes is not None and time.monotonic() - begin > asked.minutes * 60:
            break
    seconds = time.monotonic() - begin
    if asked.json:
        answer: str = json.dumps({"seed": seed, "seconds": round(seconds), **total.as_json()}, indent=1)
    else:
        answer = _printed(total, seed, seconds)
    sys.stdout.write(answer + "\n")
    return 1 if total.differences else 0


if __name__ == "__main__":
    sys.exit(main())
