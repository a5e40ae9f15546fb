"""Forms of legal periods: asking for time, answering, ending a pause."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, text_field
from casework.rule_sentences import in_words
from casework.rules.parameters import Parameter
from casework.rules.time_requests import PauseGround


class ExtensionForm(forms.Form):
    """Why more time is needed; how much, where the law leaves the choice."""

    reason = text_field(_("Why the period is not enough"), rows=4)

    def __init__(self, *args: Any, extension: Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if extension.up_to:
            most = int(extension.value)
            self.fields["value"] = forms.IntegerField(
                label=_("How many days"),
                min_value=1,
                max_value=most,
                initial=most,
                help_text=_("At most %(most)s.") % {"most": most},
            )
            self.order_fields(["value", "reason"])


class PauseForm(forms.Form):
    """From which day, on which ground."""

    ground = choice_field(_("Ground (PP 45)"), [])
    first_date = day_field(_("First day that is not counted"))
    reason = text_field(_("What is done in the meantime, and by whom"), rows=4)

    def __init__(self, *args: Any, grounds: Iterable[PauseGround], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(ground.code, in_words(ground.name)) for ground in grounds]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class PauseEndForm(forms.Form):
    """Until when it stood still."""

    last_date = day_field(
        _("Last day that is not counted"),
        help_text=_("The day on which the report came or the ground ended."),
    )


class TimeAnswerForm(forms.Form):
    """The answer of whom the law names."""

    answer = choice_field(_("Answer"), [("granted", _("grant")), ("refused", _("refuse"))])
    discussed_on = day_field(_("Day of the collective discussion (集体讨论)"), required=False)
    discussed_by = forms.CharField(label=_("Who took part"), max_length=400, required=False)
    reason = text_field(_("Reasons"), rows=4, required=False, help_text=_("Needed when refusing."))

    def __init__(self, *args: Any, needs_discussion: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_discussion:
            del self.fields["discussed_on"], self.fields["discussed_by"]
