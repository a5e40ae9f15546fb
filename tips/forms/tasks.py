"""Forms of the work on a tip."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, text_field
from casework.forms import OfficersField, article_choices
from casework.models import Case, Officer
from casework.rule_sentences import all_in_words
from casework.rules.filing import FilingFacts, filing_obstacles
from casework.services.open_case import PartyFacts
from tips.forms.handing_on import HandOnForm
from tips.forms.notices import TellingForm
from tips.models import Tip
from tips.register.leads import FilingGrounds, received_on
from tips.selectors import open_cases
from workflows.clocks import calendars

CAUSE = "涉嫌违法违规使用医疗保障基金案"


class ReviewCopyForm(HandOnForm):
    """The reviewed words, and for each file whether it goes on and under which name."""

    reviewed_copy = text_field(
        _("Reviewed copy for the case"),
        rows=12,
        help_text=_(
            "Take out names, dates, places and turns of phrase that could show who reported. Nothing else "
            "of the words enters the case."
        ),
    )


class AssignVerifiersForm(forms.Form):
    """Two officers or more."""

    officers = OfficersField(Officer.objects.none(), label=_("Officers who check the lead (核查人员)"))
    is_recusal_checked = forms.BooleanField(
        label=_("Each of them was asked and has no interest in the matter (回避)"),
        error_messages={"required": _("Ask each officer about interests in the matter first (PP 5).")},
    )

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = officers  # type: ignore[attr-defined]


class VerifyForm(forms.Form):
    """What the check found."""

    verification_record = text_field(
        _("Verification record (核查记录)"),
        rows=8,
        help_text=_("What was checked, where, when, with what result."),
    )
    verification = choice_field(
        _("Result"),
        [
            ("supported", _("the lead is supported: a case should be filed")),
            ("unsupported", _("the lead is not supported")),
        ],
    )


class DecideFilingForm(forms.Form):
    """The four conditions, the party and the decision."""

    filing = choice_field(
        _("Decision"),
        [
            ("file", _("file a case (立案)")),
            ("refuse", _("do not file (不予立案)")),
            ("join", _("belongs to a case that is open already (并案)")),
            ("verify_again", _("send back for more checks")),
        ],
    )
    reasons = text_field(_("Reasons"), rows=4)
    case_number = forms.CharField(
        label=_("Number of the open case"),
        max_length=40,
        required=False,
        help_text=_("Only for a tip that belongs to a case of this bureau which is not concluded."),
        widget=forms.TextInput(attrs={"list": "case-choices", "autocomplete": "off"}),
    )
    new_facts = text_field(
        _("New facts that this tip adds to that case"),
        rows=3,
        required=False,
        help_text=_("Empty when it adds none. It counts for the reward of a later tip."),
    )
    cause = forms.CharField(label=_("Cause (案由)"), max_length=200, initial=CAUSE, required=False)
    has_identified_suspect = forms.BooleanField(label=_("There is an identified suspect"), required=False)
    is_punishable_conduct = forms.BooleanField(label=_("The conduct should be penalised"), required=False)
    is_own_jurisdiction = forms.BooleanField(label=_("This bureau has jurisdiction"), required=False)
    act_ended_on = day_field(
        _("Last day of the conduct"),
        required=False,
        help_text=_("Empty while it goes on; the limitation runs from it."),
    )
    articles = forms.MultipleChoiceField(
        label=_("Articles suspected to be broken"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    party_name = forms.CharField(label=_("Party (当事人)"), max_length=120, required=False)
    party_identifier = forms.CharField(
        label=_("Credit code or identity number"), max_length=32, required=False
    )
    party_representative = forms.CharField(label=_("Legal representative"), max_length=64, required=False)
    party_address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def __init__(self, *args: Any, tip: Tip, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tip = tip
        liable = {"person" if tip.target_kind == Tip.Target.PERSON else "provider"}
        self.fields["articles"].choices = article_choices(liable)  # type: ignore[attr-defined]
        if tip.institution:
            for name in ("party_name", "party_identifier", "party_representative", "party_address"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A case needs every condition of PP 15, a cause and a party."""
        cleaned = super().clean() or {}
        if cleaned.get("filing") == "join" and self.case() is None:
            self.add_error("case_number", _("No open case of this bureau has this number."))
        if cleaned.get("filing") != "file":
            return cleaned
        if not cleaned.get("cause"):
            self.add_error("cause", _("Give the cause of the case."))
        if "party_name" in self.fields and not cleaned.get("party_name"):
            self.add_error("party_name", _("Name the party (PP 15)."))
        for reason in all_in_words(filing_obstacles(self._facts(cleaned), calendar=calendars.in_force())):
            self.add_error(None, reason)
        return cleaned

    def case(self) -> Case | None:
        """The open case that the tip joins."""
        number = str(self.cleaned_data.get("case_number") or "").strip()
        return open_cases(self._tip.bureau_id).filter(number=number).first()

    def grounds(self) -> FilingGrounds:
        """What the leader found."""
        given = self.cleaned_data
        return FilingGrounds(
            tests=self._facts(given), articles=tuple(given["articles"]), reasons=given["reasons"]
        )

    def party(self) -> PartyFacts:
        """Whom the case is about; an institution of the register brings its own facts."""
        given, tip = self.cleaned_data, self._tip
        if tip.institution:
            return PartyFacts("organisation", tip.institution.name, tip.institution)
        is_person = tip.target_kind == Tip.Target.PERSON
        return PartyFacts(
            kind="person" if is_person else "organisation",
            name=given["party_name"],
            identifier=given["party_identifier"],
            representative=given["party_representative"],
            address=given["party_address"],
            liable_as="person" if is_person else "provider",
        )

    def _facts(self, given: dict[str, Any]) -> FilingFacts:
        ended: date | None = given.get("act_ended_on")
        return FilingFacts(
            has_identified_suspect=bool(given.get("has_identified_suspect")),
            is_punishable_conduct=bool(given.get("is_punishable_conduct")),
            is_own_jurisdiction=bool(given.get("is_own_jurisdiction")),
            act_ended_on=ended,
            found_on=received_on(self._tip),
        )


class AnswerForm(TellingForm):
    """The answer to the tipster."""

    answer = text_field(
        _("Answer to the tipster"),
        rows=6,
        help_text=_(
            "Filed or not, why, and whom else to turn to. It is sealed and shown to the tipster alone."
        ),
    )
    field_order = ("answer",)


class ArchiveTipForm(TellingForm):
    """The tip's papers are complete."""

    is_complete = forms.BooleanField(
        label=_("The papers of the tip are complete and kept apart from the case file (TH 22)"),
        error_messages={"required": _("Check the papers first.")},
    )
