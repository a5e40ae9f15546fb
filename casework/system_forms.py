"""Forms of the system's pages: a reason for every act, and what it needs besides."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, text_field
from workflows.reasons import A_PHRASE


class ReasonForm(forms.Form):
    """Why; kept in the journal."""

    reason = text_field(
        _("Reason"), rows=3, min_length=A_PHRASE, help_text=_("Kept in the journal for good.")
    )


class SuspendForm(ReasonForm):
    """Why, and whether periods run on or stand still on a ground of the law."""

    ground = choice_field(_("Legal periods"), [], required=False)
    field_order = ("ground", "reason")

    def __init__(self, *args: Any, grounds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("run on")), *((code, _("stand still: %s") % name) for code, name in grounds)]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class InterventionForm(ReasonForm):
    """Where a token is to go, or what a step is taken to have answered."""

    def __init__(
        self,
        *args: Any,
        targets: Iterable[tuple[str, str]] = (),
        variables: Iterable[Mapping[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.variables = [variable["name"] for variable in variables]
        if targets:
            self.fields["target"] = forms.ChoiceField(
                label=_("Element to which the token goes"), choices=[("", "—"), *targets]
            )
        for variable in variables:
            self.fields[f"set_{variable['name']}"] = _variable_field(variable)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    @property
    def target(self) -> str:
        """The chosen element."""
        return str(self.cleaned_data.get("target", ""))

    @property
    def outcome(self) -> dict[str, Any]:
        """What was entered for the variables that the step sets; what was left empty stays unset."""
        given = {name: self.cleaned_data.get(f"set_{name}", "") for name in self.variables}
        return {name: _value(text) for name, text in given.items() if text != ""}


def _variable_field(variable: Mapping[str, Any]) -> forms.Field:
    name = str(variable["name"])
    if variable["values"]:
        choices = [("", "—"), *((value, value) for value in variable["values"])]
        return forms.ChoiceField(label=name, choices=choices, required=False)
    return forms.CharField(
        label=name, max_length=400, required=False, help_text=_("As the step would have set it.")
    )


def _value(text: str) -> Any:
    """Numbers, truth values and lists as JSON writes them; anything else is a text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


class MigrationForm(forms.Form):
    """A trial: from which version to which, and what is called differently there."""

    versions = forms.ChoiceField(label=_("From version to version"))
    renamed = text_field(
        _("Elements with another name there"), rows=3, required=False, help_text=_("One a line: old=new")
    )

    def __init__(self, *args: Any, versions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].choices = [("", "—"), *versions]  # type: ignore[attr-defined]

    def clean_renamed(self) -> dict[str, str]:
        """Pairs from the lines."""
        pairs: dict[str, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["renamed"].splitlines())):
            here, sign, there = (part.strip() for part in line.partition("="))
            if not (here and sign and there):
                raise forms.ValidationError(_("Write old=new: %s") % line)
            pairs[here] = there
        return pairs
