"""Refusals of the engine: one class per reason, mapped to pages in one place."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An expected "no". `code` is for machines, `text` for people; `fields` fill the text."""

    code = "refused"
    text: str | Promise = _("This cannot be done.")
    status = 409

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.code)
        self.fields = fields

    def __str__(self) -> str:
        return str(self.text) % self.fields if self.fields else str(self.text)


class Repeated(Exception):
    """The command was carried out before; `answer` is what it answered then."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__("repeated")
        self.answer = answer


class NotOffered(Refusal):
    """The work item is not for this account: as if it did not exist."""

    code = "not_offered"
    text = _("There is no such work for you.")
    status = 404


class AlreadyDone(Refusal):
    """Somebody else was quicker."""

    code = "already_done"
    text = _("This task was already completed or withdrawn. Nothing that you entered was used.")


class TakenByAnother(Refusal):
    """Another person has claimed the item."""

    code = "taken"
    text = _("%(person)s has taken this task.")


class DutyConflict(Refusal):
    """The account holds a duty in the matter that excludes this one."""

    code = "duty_conflict"
    text = _(
        "You took part in this matter as “%(held)s” and may therefore not act as “%(wanted)s”. "
        "Another person has to do this (separation of duties)."
    )
    status = 403


class DutiesCollide(Refusal):
    """Two matters cannot become one: somebody would hold duties in it that exclude each other."""

    code = "duties_collide"
    text = _(
        "%(person)s took part in this matter as “%(here)s” and in the other one as “%(there)s”, which the law "
        "keeps apart. The two matters cannot be joined (separation of duties)."
    )


class Busy(Refusal):
    """The matter is locked by another step for longer than two seconds."""

    code = "busy"
    text = _("Somebody is working on this matter at the same moment. Please try again.")


class Invalid(Refusal):
    """The command does not fit the state or the law; the text says why."""

    code = "invalid"
    status = 422

    def __init__(self, text: str | Promise, field: str | None = None, **fields: Any) -> None:
        super().__init__(**fields)
        self.text = text
        self.field = field


class TryLater(Exception):
    """An effect could not be carried out now; the relay tries again."""


class ReasonMissing(Refusal):
    """A reason that says nothing."""

    code = "reason_missing"
    text = _("Give the reason in at least %(count)s characters.")
    status = 422


class SecondPersonNeeded(Refusal):
    """Four eyes: the person who asked may not decide."""

    code = "second_person_needed"
    text = _("You asked for this yourself. Another person has to decide (four eyes).")
    status = 403


class AlreadyDecided(Refusal):
    """Somebody has decided before."""

    code = "already_decided"
    text = _("This was decided before.")


class CannotBeSkipped(Refusal):
    """Without this step the run would wait for nothing, or somebody has asked already."""

    code = "cannot_be_skipped"
    text = _(
        "This cannot be left out: it is settled, somebody has asked already, or the run needs it to go on."
    )


class CannotBeRetried(Refusal):
    """It is settled, a person tries it again, or somebody has asked already."""

    code = "cannot_be_retried"
    text = _("This cannot be tried again from here: it is settled, or somebody has asked already.")


class NothingToRestore(Refusal):
    """The stored state of the run names no wait that is missing."""

    code = "nothing_to_restore"
    text = _("The stored state of the run holds no wait that is missing.")


class NotForThatPerson(Refusal):
    """The person who should get the work may not do it."""

    code = "not_for_that_person"
    text = _("%(person)s does not do this kind of work here, or is not named for it.")
    status = 422


class Suspended(Refusal):
    """The run of the item stands still on purpose."""

    code = "suspended"
    text = _("This matter is suspended. The task comes back to the lists when it goes on.")


class NotRunning(Refusal):
    """The run has ended, is suspended, or is not suspended."""

    code = "not_running"
    text = _("This cannot be done in the present state of the run.")


class OnlyWithParent(Refusal):
    """A child run that should stand still or go on by itself."""

    code = "only_with_parent"
    text = _("This run belongs to another one. Suspend that one, or let it go on: this one follows.")


class CannotIntervene(Refusal):
    """The run does not allow the intervention."""

    code = "cannot_intervene"
    text = _("This cannot be done to the run: %(reason)s.")
    status = 422


class CannotMigrate(Refusal):
    """A run has no place in the other version, or the plan does not fit."""

    code = "cannot_migrate"
    text = _("%(run)s cannot be carried over: %(reason)s.")
    status = 422
