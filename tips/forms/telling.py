"""What the forms of citizens and of officers who take a tip in have in common: checks and the filing made of them."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.models import Bureau, Institution
from tips.forms.files import too_large
from tips.forms.joint import check_joint, others_of
from tips.forms.questions import answers_of, question_fields
from tips.models import Questionnaire, Tip
from tips.questionnaires import questionnaire_for, questions_of
from tips.selectors import bureau_for, receiving_bureaus
from tips.services.file_tip import Filing
from tips.words import PERSONS, Identity, TipWords
from workflows.now import now
from workflows.rules.calendar import civil_date

YES, NO = "yes", "no"
NOT_LISTED = "-"


class Telling(forms.Form):
    """Checks what depends on several entries; the fields are those of `ReportForm`."""

    def __init__(self, *args: Any, too_large_names: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large_names or []
        self._now = now()
        self._listed: Institution | None = None
        self.questionnaire: Questionnaire | None = None

    @cached_property
    def bureaus(self) -> list[Bureau]:
        """Bureaus to choose from, asked for once."""
        return receiving_bureaus(self._now)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The entries of the questionnaire of the chosen target."""
        if self.questionnaire is None:
            return []
        return [self[name] for name in question_fields(questions_of(self.questionnaire))]

    def _ask(self) -> None:
        """Add the questions that belong to the target that was chosen: the register knows its kind and region."""
        code = str(self.data.get("institution", "")) if self.is_bound else ""
        self._listed = (
            Institution.objects.select_related("bureau").filter(code=code).first() if code else None
        )
        kind = self._listed.kind if self._listed else self["target_kind"].value()
        region = self._listed.bureau.region_code if self._listed else self._region()
        self.questionnaire = questionnaire_for(kind or "", region, civil_date(self._now))
        if self.questionnaire is not None:
            self.fields.update(question_fields(questions_of(self.questionnaire)))

    def _region(self) -> str:
        chosen = str(self.data.get("bureau", "")) if self.is_bound else ""
        found = next((bureau for bureau in self.bureaus if str(bureau.pk) == chosen), None)
        found = found or next(iter(self.bureaus), None)
        return found.region_code if found else ""

    def clean_institution(self) -> Institution | None:
        """The chosen institution of the register, by its code."""
        code = self.cleaned_data["institution"]
        if code in ("", NOT_LISTED):
            return None
        found = self._listed
        if found is None or not found.is_active:
            raise forms.ValidationError(_("This institution is no longer in the register. Search again."))
        return found

    def clean(self) -> dict[str, Any]:
        """What depends on several entries."""
        cleaned = super().clean() or {}
        if cleaned.get("is_real_name") == YES:
            self._check_contact(cleaned)
            check_joint(self, cleaned)
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
        is_person = given["target_kind"] in PERSONS and not institution
        return Filing(
            bureau=self._bureau(),
            institution=institution,
            words=self._words(),
            target_kind=Tip.Target.PERSON if is_person else Tip.Target.ORGANISATION,
            is_real_name=is_real_name,
            identity=self._identity() if is_real_name else None,
            wants_reward=given["wants_reward"] == YES,
            is_insider=given["is_insider"],
        )

    def _identity(self) -> Identity:
        given = self.cleaned_data
        others = others_of(given)
        share = given["share"] if others else None
        return Identity(given["name"], given["telephone"], given["email"], share, others)

    def _bureau(self) -> Bureau:
        institution = self.cleaned_data["institution"]
        if institution:
            return bureau_for(institution, self.bureaus)
        return self.cleaned_data["bureau"] or self.bureaus[0]

    def _words(self) -> TipWords:
        given = self.cleaned_data
        names = ("story", "target_place", "period_from", "period_until", "how_known", "amount")
        institution = given["institution"]
        return TipWords(
            target_name=institution.name if institution else given["target_name"],
            conducts=tuple(given["conducts"]),
            **self._answers(),
            **{name: given[name] for name in names},
        )

    def _answers(self) -> dict[str, Any]:
        asked = self.questionnaire
        if asked is None:
            return {}
        answers = answers_of(questions_of(asked), self.cleaned_data)
        if not answers:
            return {}
        return {"questionnaire": asked.pk, "questionnaire_version": asked.version, "answers": answers}

    def _check_contact(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give your name, or choose to report anonymously."))
        if not (cleaned.get("telephone") or cleaned.get("email")) and not (
            {"telephone", "email"} & set(self.errors)
        ):
            self.add_error("telephone", _("Give a telephone number or an e-mail address."))
