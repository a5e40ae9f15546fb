"""Solving the calculations of the public pages as a browser does."""

from typing import Any

import altcha


def solved(challenge: dict[str, Any]) -> str:
    """The value that the browser puts into the form."""
    task = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(task)
    assert solution is not None
    return altcha.Payload(task, solution).to_base64()
