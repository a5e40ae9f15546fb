"""A place in a model that breaks a rule, the sentence that says so, and the way there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workflows.engine import ModelRefused
from workflows.rules.texts import Text, text


@dataclass(frozen=True, slots=True)
class Passage:
    """An element on the way of a run, its label, the values that it set, and for a choice what it `takes`."""

    element: str
    label: str
    outcome: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        values = ", ".join(
            str(value) if name == "takes" else f"{name}={value}" for name, value in self.outcome
        )
        label = f" ({self.label})" if self.label else ""
        return f"{self.element}{label}" + (f": {values}" if values else "")


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One broken rule: the file, the id of the element (empty for the whole file), the reason in one line.

    `path` is the shortest way of a run to the place, empty where no run comes.
    """

    file: str
    element: str
    reason: str
    sentence: Text = field(default=Text(""), compare=False)
    path: tuple[Passage, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.file}: {self.element or '-'}: {self.reason}"

    def way(self) -> str:
        """The path in one line."""
        return " → ".join(map(str, self.path))

    def as_dict(self, chinese: Callable[[str], str] = str) -> dict[str, Any]:
        """The finding as JSON values. `chinese` translates a template."""
        return {
            "file": self.file,
            "element": self.element,
            "reason": self.reason,
            "reason_zh": self.sentence.render(chinese),
            "path": [{"element": p.element, "label": p.label, "outcome": dict(p.outcome)} for p in self.path],
        }


def finding(file: str, element: str, sentence: Text, path: tuple[Passage, ...] = ()) -> Finding:
    """A finding with its sentence."""
    return Finding(file, element, str(sentence), sentence, path)


def refused(error: ModelRefused, file: str) -> Finding:
    """What the engine refuses, in its own words; they are English."""
    reason = " ".join(error.reason.split())
    return Finding(
        error.file or file, error.element, reason, text("the engine refuses this: %(reason)s", reason=reason)
    )
