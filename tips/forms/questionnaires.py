"""Writing a version of a questionnaire, and deciding on one."""

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import day_field, text_field
from tips.models import Questionnaire
from tips.services.questionnaires import Draft, checked
from tips.words import TARGETS
from workflows.errors import Invalid


def as_text(questionnaire: Questionnaire) -> str:
    """The questions as an officer edits them."""
    return str(yaml.safe_dump(questionnaire.content, allow_unicode=True, sort_keys=False, width=100))


class DraftForm(forms.Form):
    """A new version; what is wrong with the questions is said in a sentence that names the question."""

    target_kind = forms.ChoiceField(label=_("Asked about"), choices=list(TARGETS.items()))
    valid_from = day_field(_("Valid from"))
    content = forms.CharField(
        label=_("Title and questions"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "fg-code-input-plain"}),
        help_text=_(
            "Each question has id, kind (text, choice, many, number, date, yes_no) and label in zh-hans and en; "
            "help, required, choices, least and most where needed."
        ),
    )

    def clean_content(self) -> dict[str, Any]:
        """Checked content."""
        try:
            read = yaml.safe_load(self.cleaned_data["content"])
        except yaml.YAMLError as error:
            place = getattr(error, "problem_mark", None)
            raise forms.ValidationError(
                _("Line %(line)s cannot be read. Compare its indentation with the other questions."),
                params={"line": place.line + 1 if place else "?"},
            ) from error
        try:
            return checked(read)
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def draft(self) -> Draft:
        """The version, once the form is valid."""
        return Draft(**self.cleaned_data)


class DecisionForm(forms.Form):
    """Approve, or refuse with reasons."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("Approve")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    reasons = text_field(_("Reasons"), rows=3, required=False, help_text=_("Needed when refusing."))
