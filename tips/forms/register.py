"""Forms of registering a tip: whom it is about, what it is about, and who may act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, text_field
from casework.models import Bureau, Institution
from tips.models import RegisterEntry, Tip
from tips.register.entries import below, receivers
from tips.rules import jurisdiction as rules
from tips.services.register_tip import Registration
from tips.services.settle_dispute import GIVE_BACK, KEEP, TO_SUPERIOR
from tips.words import CONDUCTS

ANSWERS = {
    rules.ACCEPTED: _("this bureau may act"),
    rules.NOT_A_TIP: _("not a tip: consultation, review request or petition (咨询、复议、信访, TH 25)"),
    rules.OTHER_DEPARTMENT: _(
        "another authority is responsible: health, police, market supervision, another province … (移送)"
    ),
    rules.REFERRED: _("another bureau of this system is responsible: superior, below or neighbour (移送)"),
    rules.DISPUTED: _("this bureau disputes that it is responsible (管辖争议)"),
}
NEEDS_NOTE = {
    rules.NOT_A_TIP: _("Write why, and whom the tipster can turn to (TH 25)."),
    rules.OTHER_DEPARTMENT: _("Write which authority is responsible (TH 9)."),
    rules.REFERRED: _("Write why that bureau is responsible (PP 9–12)."),
    rules.DISPUTED: _("Write why this bureau is not responsible (PP 10)."),
}


class RegisterForm(forms.Form):
    """Target, matters and jurisdiction."""

    target_kind = choice_field(_("The tip is about"), Tip.Target.choices)
    institution_code = forms.CharField(
        label=_("Institution code in the register"),
        max_length=20,
        required=False,
        help_text=_("Leave it empty for a person, or for a body that is not in the register."),
        widget=forms.TextInput(attrs={"list": "institution-choices", "autocomplete": "off"}),
    )
    matters = forms.MultipleChoiceField(
        label=_("What it is about (反映事项)"),
        choices=list(CONDUCTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your coding stands in the register and in the yearly report; the words stay sealed."),
    )
    jurisdiction = choice_field(_("Jurisdiction (管辖)"), ())
    referred_to = forms.ModelChoiceField(
        Bureau.objects.none(),
        label=_("Bureau that takes the tip over"),
        required=False,
        help_text=_("Only for a referral within this system."),
    )
    authority = forms.CharField(
        label=_("Authority that the tip is referred to"),
        max_length=120,
        required=False,
        help_text=_("Full name, as in a letter. Only for a referral out of this system."),
    )
    jurisdiction_note = text_field(
        _("Whom the tipster can turn to"),
        rows=3,
        required=False,
        help_text=_(
            "Needed unless this bureau acts: the reasons, and the way on. The tipster reads it, and so does the "
            "other authority: write nothing that shows who reported."
        ),
    )
    summary = text_field(
        _("Summary for the other authority"),
        rows=4,
        required=False,
        help_text=_(
            "For the letter of referral (移送函): what happened where, nothing that shows who reported."
        ),
    )

    def __init__(self, *args: Any, entry: RegisterEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = rules.open_answers(entry.came_as)
        self.fields["jurisdiction"].choices = [(key, ANSWERS[key]) for key in answers]  # type: ignore[attr-defined]
        if rules.REFERRED in answers:
            self.fields["referred_to"].queryset = receivers(entry).order_by("region_code", "id")  # type: ignore[attr-defined]
        else:
            del self.fields["referred_to"]

    def clean_institution_code(self) -> str:
        """Only codes of the register."""
        code = str(self.cleaned_data["institution_code"]).strip()
        if code and not Institution.objects.filter(code=code).exists():
            raise forms.ValidationError(_("No institution of the register has this code."))
        return code

    def clean(self) -> dict[str, Any]:
        """Whoever is sent away is told where to; whatever goes on has a receiver."""
        cleaned = super().clean() or {}
        answer = cleaned.get("jurisdiction")
        if answer in NEEDS_NOTE and not cleaned.get("jurisdiction_note"):
            self.add_error("jurisdiction_note", NEEDS_NOTE[answer])
        if answer == rules.OTHER_DEPARTMENT and not cleaned.get("authority"):
            self.add_error("authority", _("Name the authority that the letter goes to."))
        if answer == rules.REFERRED and not cleaned.get("referred_to"):
            self.add_error("referred_to", _("Choose the bureau that takes the tip over."))
        return cleaned

    def registration(self) -> Registration:
        """What the officer found."""
        given = self.cleaned_data
        answer = given["jurisdiction"]
        return Registration(
            jurisdiction=answer,
            target_kind=given["target_kind"],
            institution=Institution.objects.filter(code=given["institution_code"] or "-").first(),
            matters=tuple(given["matters"]),
            note=given["jurisdiction_note"],
            summary=given["summary"],
            referred_to=given.get("referred_to") if answer == rules.REFERRED else None,
            authority=given["authority"] if answer == rules.OTHER_DEPARTMENT else "",
        )


class SettleDisputeForm(forms.Form):
    """What two bureaus agreed on."""

    settlement = choice_field(
        _("Result of the talks"),
        [
            (KEEP, _("this bureau acts")),
            (GIVE_BACK, _("the other bureau takes the tip back")),
            (TO_SUPERIOR, _("no agreement: the common superior names who acts (报请指定)")),
        ],
    )
    reasons = text_field(
        _("Reasons"),
        rows=4,
        help_text=_("The other bureau and the superior read them: nothing that shows who reported."),
    )


class NameJurisdictionForm(forms.Form):
    """The superior names the bureau that acts."""

    bureau = forms.ModelChoiceField(
        Bureau.objects.none(), label=_("Bureau that acts (指定管辖)"), empty_label=None
    )
    reasons = text_field(_("Reasons"), rows=4)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = Bureau.objects.filter(pk__in=below(unit_id)).order_by("region_code", "id")
        self.fields["bureau"].queryset = area  # type: ignore[attr-defined]
