"""The public form for a report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.models import Bureau
from tips.forms.files import FilesField
from tips.forms.joint import UNKEPT, joint_fields, joint_rows, telephone_field
from tips.forms.pins import PIN_HELP, PinInput, check_repeated, checked_pin, pin_field
from tips.forms.telling import NO, YES, Telling
from tips.models import SocialSupervisor
from tips.rules.consent import CHINESE, Consent, consent_on, consent_version
from tips.services.file_tip import Filing
from tips.supervisors import supervisor_of_code
from tips.words import CONDUCTS, HOSPITAL, HOW_KNOWN, TARGETS
from workflows.errors import Refusal
from workflows.rules.calendar import civil_date

LONGEST_STORY = 100_000


class DefaultedChoice(forms.ChoiceField):
    """A choice that is made already; leaving it out means the one that was made."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> str:
        """The choice, or the one that stands when there is none."""
        return str(super().clean(value or self.initial))


class ReportForm(Telling):
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
    telephone = telephone_field()
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=120,
        help_text=_("We send a short note without any content when there is an answer."),
        widget=forms.EmailInput(attrs={"data-never-kept": True}),
    )
    supervisor_code = forms.CharField(
        label=_("Your personal code as a social supervisor"),
        max_length=60,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", **UNKEPT}
        ),
        help_text=_("Officers see only that a supervisor reports, not which one."),
    )
    target_kind = DefaultedChoice(
        label=_("It is about"),
        choices=list(TARGETS.items()),
        initial=HOSPITAL,
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
        max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 9, "data-needed": True}),
        help_text=_(
            "Who did what, when, how often, and how can it be checked? Leave out what would show who you are, "
            "if you want to stay anonymous."
        ),
        error_messages={
            "required": _("Tell in your own words what happened."),
            "min_length": _("Please write a little more: at least %(limit_value)d characters."),
            "max_length": _(
                "This is longer than %(limit_value)d characters (%(show_value)d). Shorten it, or send the rest "
                "as a file or, after sending, as a message."
            ),
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
    # The steps carry what was typed in the form itself: a PIN that vanished on the way would be none.
    pin = pin_field(_("PIN for the claim"), required=False, widget=PinInput(keeps=True), help_text=PIN_HELP)
    pin_again = pin_field(_("The same PIN again"), required=False, widget=PinInput(keeps=True))
    # django-stubs takes the field for the attribute of the same name.
    files = FilesField(  # type: ignore[assignment]
        label=_("Photos, videos, recordings, papers"), required=False
    )

    consent_version = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Read the text above and agree to it; without that nothing is sent.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(joint_fields())
        offered = Bureau.objects.filter(pk__in=[bureau.pk for bureau in self.bureaus])
        self.fields["bureau"].queryset = offered.order_by("region_code", "id")  # type: ignore[attr-defined]
        self.fields["bureau"].initial = next(iter(self.bureaus), None)
        self.fields["name"].widget.attrs.update({"autocomplete": "name", "data-never-kept": True})
        self.fields["consent_version"].initial = self.consent_text.version
        self._ask()

    @property
    def consent_text(self) -> Consent:
        """The version that the page shows: the one that was open when the form was, or else today's."""
        shown = consent_version(self.data.get("consent_version", "")) if self.is_bound else None
        return shown or consent_on(civil_date(self._now))

    @property
    def blank_version(self) -> str:
        """What a blank form is made of besides its language: the day, the text, the questions, the bureaus."""
        asked = self.questionnaire.pk if self.questionnaire else 0
        offered = [f"{bureau.pk} {bureau.name} {bureau.english_name}" for bureau in self.bureaus]
        return "\n".join([str(civil_date(self._now)), self.consent_text.version, str(asked), *offered])

    @property
    def joint_rows(self) -> Any:
        """Entries of those who report together with the first tipster."""
        return joint_rows(self)

    @property
    def has_others(self) -> bool:
        """Whether somebody else was entered, so that the page shows it at once."""
        return any(is_used for _number, _entries, is_used in self.joint_rows) or bool(self["share"].errors)

    @property
    def consent_sentences(self) -> tuple[str, ...]:
        """The text in the reader's language."""
        return self.consent_text.in_language(get_language() or CHINESE)

    def clean_pin(self) -> str:
        """One that is not guessed at once; nothing for a name, or without a wish for the reward."""
        typed = self.cleaned_data["pin"]
        return checked_pin(typed) if typed and self._is_for_pin() else ""

    def _is_for_pin(self) -> bool:
        """Whether the report is anonymous and wants the reward, by the entries that come before the PIN."""
        given = self.cleaned_data
        return given.get("is_real_name") == NO and given.get("wants_reward") == YES

    def clean(self) -> dict[str, Any]:
        """The PIN twice, besides what depends on several entries."""
        cleaned = super().clean()
        if "pin" in self.fields and self._is_for_pin():
            check_repeated(self, cleaned)
        return cleaned

    def clean_supervisor_code(self) -> SocialSupervisor | None:
        """The supervisor whose code it is, in term."""
        typed = self.cleaned_data["supervisor_code"]
        if not typed:
            return None
        try:
            found = supervisor_of_code(typed)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return checked_term(found, civil_date(self._now))

    def filing(self) -> Filing:
        """The report with the version that was agreed to, and the supervisor whose code was given."""
        supervisor = self.cleaned_data["supervisor_code"]
        return replace(
            super().filing(),
            consent_version=self.consent_text.version,
            supervisor_id=supervisor.pk if supervisor else None,
            pin=self.cleaned_data.get("pin", ""),
        )


def checked_term(supervisor: SocialSupervisor | None, day: date) -> SocialSupervisor:
    """A supervisor in term on that day. Raises: ValidationError with the sentence."""
    if supervisor is None:
        raise forms.ValidationError(
            _("No supervisor has this code. Compare it with your sheet, or leave it empty.")
        )
    if not supervisor.is_in_term(day):
        raise forms.ValidationError(
            _(
                "The appointment runs from %(first)s to %(last)s. Leave this empty and report as any citizen may."
            ),
            params={"first": supervisor.term_from.isoformat(), "last": supervisor.term_until.isoformat()},
        )
    return supervisor
