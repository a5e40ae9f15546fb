"""Forms of looking at a decision again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, text_field
from tips.forms.fields import WordsField
from tips.forms.follow import KeyedForm


class AskReexaminationForm(KeyedForm):
    """Why the tipster thinks that the decision is wrong."""

    text = WordsField(
        label=_("What is wrong with the decision, and what the bureau does not know yet"),
        rows=6,
        help_text=_("Write nothing that shows who you are, unless you want to."),
    )


class ExamineDecisionForm(forms.Form):
    """Keep the decision or set it aside."""

    reexamination = choice_field(
        _("Outcome"),
        [
            ("kept", _("keep the decision")),
            ("set_aside", _("set it aside: the bureau decides anew")),
        ],
    )
    reasons = text_field(
        _("Reasons for the file"),
        rows=4,
        help_text=_("Write nothing here that could show who the tipster is."),
    )
    answer = WordsField(
        label=_("Answer to the tipster"), rows=5, help_text=_("Sealed like every message to the tipster.")
    )
