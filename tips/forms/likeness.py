"""A person's word on two tips."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field


class LikenessForm(forms.Form):
    """The same matter or not, and why."""

    other = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_same = choice_field(
        _("Is it the same matter?"), [("yes", _("the same matter")), ("no", _("another matter"))]
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=500,
        help_text=_("Nothing that shows who reported."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
