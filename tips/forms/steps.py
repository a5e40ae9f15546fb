"""The report as steps, one thing a page; everything typed travels in the form itself until it is sent."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from tips.forms.joint import joint_names
from tips.forms.report import ReportForm

NEXT, BACK = "next", "back"
QUESTIONS = "questions"


@dataclass(frozen=True)
class Step:
    """One page of the report with the entries that are checked before it is left."""

    key: str
    title: Any
    fields: tuple[str, ...]

    @property
    def template(self) -> str:
        """Where its entries are drawn."""
        return f"tips/public/report/{self.key}.html"


STEPS = (
    Step(
        "who",
        _("With or without your name"),
        ("is_real_name", "name", "telephone", "email", "supervisor_code", *joint_names()),
    ),
    Step(
        "target",
        _("Whom is it about?"),
        ("target_kind", "target_name", "institution", "target_place", "bureau"),
    ),
    Step(QUESTIONS, _("Some questions"), ()),
    Step("story", _("What happened?"), ("story", "conducts")),
    Step("details", _("When, how much, how known?"), ("period_from", "period_until", "amount", "how_known")),
    Step("reward", _("Reward"), ("wants_reward", "pin", "pin_again", "is_insider")),
    Step("send", _("Evidence, and send"), ("files", "consent_version", "consent")),
)


@dataclass(frozen=True)
class Place:
    """Where in the report a page stands."""

    steps: tuple[Step, ...]
    at: str

    @property
    def number(self) -> int:
        """Counted from 0."""
        return next((place for place, step in enumerate(self.steps) if step.key == self.at), 0)

    @property
    def is_last(self) -> bool:
        """Whether the report can be sent from here."""
        return self.number == len(self.steps) - 1

    def moved(self, way: str) -> "Place":
        """One step on or back, never beyond the ends."""
        number = self.number + (1 if way == NEXT else -1)
        return Place(self.steps, self.steps[max(0, min(number, len(self.steps) - 1))].key)


def place_of(form: ReportForm, at: str) -> Place:
    """The step that a form names; an unknown one is the first. Questions are a step where there are some."""
    asked = tuple(question.name for question in form.questions)
    steps = tuple(
        replace(step, fields=asked) if step.key == QUESTIONS else step
        for step in STEPS
        if asked or step.key != QUESTIONS
    )
    known = {step.key for step in steps}
    return Place(steps, at if at in known else steps[0].key)


def leave(form: ReportForm, place: Place, way: str) -> Place:
    """Where a press of "go on" or "back" leads; going on first asks the entries of this step to be right."""
    form.is_valid()
    keep_errors(form, place.steps[place.number] if way == NEXT else None)
    return place if form.errors else place.moved(way)


def first_wrong(form: ReportForm, place: Place) -> Place:
    """The first step with a wrong entry, and only its errors: those of later steps come when they are reached."""
    for step in place.steps:
        if set(step.fields) & set(form.errors):
            form_wide = form.non_field_errors()
            keep_errors(form, step)
            for error in form_wide:
                form.add_error(None, error)
            return Place(place.steps, step.key)
    return Place(place.steps, place.steps[-1].key)


def keep_errors(form: ReportForm, step: Step | None) -> None:
    """Forget the errors of other steps; of all with no step."""
    wanted = step.fields if step else ()
    for name in list(form.errors):
        if name not in wanted:
            del form.errors[name]
