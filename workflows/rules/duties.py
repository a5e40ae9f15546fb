"""Separation of duties (职责分离): who may not do one thing because of having done another.

A matter's linked runs form one family; duties held anywhere in the family count. The database query that
offers and completes work uses the same predicate; the tests compare both.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.rules.texts import Text, gettext_noop, text


@dataclass(frozen=True)
class Duty:
    """A separation key with the keys whose holders it excludes; `label` is what people call it."""

    key: str
    excludes: frozenset[str] = frozenset()
    label: str = ""


@dataclass(frozen=True)
class DutyConflict:
    """The duty that was asked for and the duty already held that forbids it."""

    wanted: Duty
    held: Duty

    @property
    def text(self) -> Text:
        """Return the reason as shown to the person."""
        return text(
            gettext_noop(
                "You cannot take this: you already did “%(held)s” in this matter, and “%(wanted)s” must be "
                "done by someone else."
            ),
            held=self.held.label or self.held.key,
            wanted=self.wanted.label or self.wanted.key,
        )


def excludes_each_other(one: Duty, other: Duty) -> bool:
    """Tell whether one person may not do both; it is enough that either declares it."""
    return other.key in one.excludes or one.key in other.excludes


def first_conflict(wanted: Duty, held: Iterable[Duty]) -> DutyConflict | None:
    """Return the first held duty that forbids the wanted one, or None when the person may take it.

    Only when it is the wanted duty or a held one that says so: a key that names itself keeps a person from
    doing the same thing twice.
    """
    return next((DutyConflict(wanted, duty) for duty in held if excludes_each_other(wanted, duty)), None)
