"""What a tipster reads at each step: one table for all elements of the models.

Words follow from where a run stands, never from a state that somebody sets. A new element without words fails
`tests/architecture/test_words_for_tipsters.py`.
"""

from collections.abc import Iterable

from tips.coming_back.steps.case import CASE, NOT_TOLD
from tips.coming_back.steps.reward import REWARD
from tips.coming_back.steps.step import PublicStep
from tips.coming_back.steps.tip import TIP, UNNAMED

STEPS = {"tip_handling": TIP, "case_handling": CASE, "tip_reward": REWARD}

__all__ = ["NOT_TOLD", "STEPS", "PublicStep", "step_at"]


def step_at(process_id: str, live: Iterable[str]) -> PublicStep:
    """The words for a run that waits at these elements; the first of the table when it waits at several."""
    places = set(live)
    table = STEPS.get(process_id, {})
    return next((step for element, step in table.items() if element in places), UNNAMED)
