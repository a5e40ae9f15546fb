"""A step of handling as a tipster reads it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PublicStep:
    """Word, what it means, what comes next; the tone is that of a status word."""

    word: Any
    explanation: Any
    next: Any = ""
    tone: str = "active"


def each(step: PublicStep, *elements: str) -> dict[str, PublicStep]:
    """The same words for several elements: what tells them apart is not for the tipster."""
    return dict.fromkeys(elements, step)
