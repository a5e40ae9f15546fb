"""The public form for a report."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Bureau, Institution
from tips.forms.files import FilesField, too_large
from tips.models import Tip
from tips.selectors import bureau_for, receiving_bureaus
from tips.services.file_tip import Filing
from tips.words import CONDUCTS, HOW_KNOWN, Identity, TipWords
from workflows.now import now

YES, NO = "yes", "no"
NOT_LISTED = "-"
ORGANISATION = Tip.Target.ORGANISATION


class DefaultedChoice(forms.ChoiceField):
    """A choice that is made already; leaving it out means the one that was made."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> str:
        """The choice, or the one that stands when there is none."""
        return str(super().clean(value or self.initial))


class ReportForm(forms.Form):
    """Everything that a tipster may say; only target and story must be given."""

    key = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    is_real_name = DefaultedChoice(
        label=_("How do you want to report?"),
        choices=[
            (NO, _("Anonymously: nobody is told who you are, not even the officers")),
            (YES, _("With my name: it is sealed apart; you are told in writing whether a case is filed")),
        ],
        initial=NO,
    )
    name = forms.CharField(label=_("Your name"), max_length=60, required=False)
    telephone = forms.RegexField(
        r"^[0-9+() -]{5,20}$",
        label=_("Telephone"),
        required=False,
        error_messages={"invalid": _("Give a telephone number, e.g. 13900001234.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-never-kept": True}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=120,
        help_text=_("We send a short note without any content when there is an answer."),
        widget=forms.EmailInput(attrs={"data-never-kept": True}),
    )
    target_kind = DefaultedChoice(
        label=_("It is about"),
        choices=[
            (Tip.Target.ORGANISATION, _("A hospital, clinic, pharmacy or other body")),
            (Tip.Target.PERSON, _("A person")),
        ],
        initial=Tip.Target.ORGANISATION,
    )
    target_name = forms.CharField(
        label=_("Name of the institution or person"),
        max_length=120,
        help_text=_("A part of the name is enough to search for an institution."),
        error_messages={"required": _("Say whom the report is about.")},
    )
    institution = forms.CharField(required=False, widget=forms.RadioSelect)
    target_place = forms.CharField(
        label=_("Where"), max_length=200, required=False, help_text=_("Town, street, department or ward")
    )
    bureau = forms.ModelChoiceField(
        label=_("Region"), queryset=Bureau.objects.none(), required=False, empty_label=None
    )
    conducts = forms.MultipleChoiceField(
        label=_("What kind of thing is it?"),
        choices=list(CONDUCTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose all that fit; you need not be sure."),
    )
    story = forms.CharField(
        label=_("In your own words"),
        min_length=10,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 9, "data-needed": True}),
        help_text=_(
            "Who did what, when, how often, and how can it be checked? Leave out what would show who you are, "
            "if you want to stay anonymous."
        ),
        error_messages={
            "required": _("Tell in your own words what happened."),
            "min_length": _("Please write a little more: at least %(limit_value)d characters."),
        },
    )
    period_from = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    period_until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.DecimalField(
        label=_("About how much money, in yuan"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        localize=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        help_text=_("An estimate is enough."),
    )
    how_known = forms.ChoiceField(
        label=_("How do you know of it?"),
        choices=list(HOW_KNOWN.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    is_insider = forms.BooleanField(
        label=_("I work or worked at this institution"),
        required=False,
        help_text=_("Some regions reward insiders higher. You need not say it."),
    )
    wants_reward = DefaultedChoice(
        label=_("Do you want the reward if money comes back?"),
        choices=[
            (YES, _("Yes. I shall claim it later with my receipt code")),
            (NO, _("No, I do not want a reward")),
        ],
        initial=YES,
    )
    # django-stubs takes the field for the attribute of the same name.
    files = FilesField(  # type: ignore[assignment]
        label=_("Photos, videos, recordings, papers"), required=False
    )

    def __init__(self, *args: Any, too_large_names: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large_names or []
        self._now = now()
        self.fields["bureau"].queryset = receiving_bureaus(self._now)  # type: ignore[attr-defined]
        self.fields["bureau"].initial = receiving_bureaus(self._now).first()
        self.fields["name"].widget.attrs.update({"autocomplete": "name", "data-never-kept": True})

    def clean_institution(self) -> Institution | None:
        """The chosen institution of the register, by its code."""
        code = self.cleaned_data["institution"]
        if code in ("", NOT_LISTED):
            return None
        found = Institution.objects.select_related("bureau").filter(code=code, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("This institution is no longer in the register. Search again."))
        return found

    def clean(self) -> dict[str, Any]:
        """What depends on several entries."""
        cleaned = super().clean() or {}
        self._check_contact(cleaned)
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", _("The end lies before the beginning."))
        for name in self._too_large:
            self.add_error("files", too_large(name))
        return cleaned

    def filing(self) -> Filing:
        """The report, once the form is valid."""
        given = self.cleaned_data
        institution = given["institution"]
        is_real_name = given["is_real_name"] == YES
        return Filing(
            bureau=self._bureau(),
            institution=institution,
            words=self._words(),
            target_kind=given["target_kind"] if given["target_kind"] and not institution else ORGANISATION,
            is_real_name=is_real_name,
            identity=Identity(given["name"], given["telephone"], given["email"]) if is_real_name else None,
            wants_reward=given["wants_reward"] == YES,
            is_insider=given["is_insider"],
        )

    def _bureau(self) -> Bureau:
        institution = self.cleaned_data["institution"]
        if institution:
            return bureau_for(institution, self._now)
        return self.cleaned_data["bureau"] or receiving_bureaus(self._now)[0]

    def _words(self) -> TipWords:
        given = self.cleaned_data
        names = ("story", "target_place", "period_from", "period_until", "how_known", "amount")
        institution = given["institution"]
        return TipWords(
            target_name=institution.name if institution else given["target_name"],
            conducts=tuple(given["conducts"]),
            **{name: given[name] for name in names},
        )

    def _check_contact(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("is_real_name") != YES:
            return
        if not cleaned.get("name"):
            self.add_error("name", _("Give your name, or choose to report anonymously."))
        if not (cleaned.get("telephone") or cleaned.get("email")) and not (
            {"telephone", "email"} & set(self.errors)
        ):
            self.add_error("telephone", _("Give a telephone number or an e-mail address."))
