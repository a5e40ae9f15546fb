"""Forms of the work from legal review to execution."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.documents.contexts.legal_review_opinion import POINTS
from casework.models import Service
from enforcement.models import Hearing, LegalReview, Payment, PenaltyDecision, PenaltyNotice, PoliceTransfer
from enforcement.models import Statement as StatementModel

POINT_LABELS = {
    "competence": _("Competent authority and jurisdiction (执法主体)"),
    "officers": _("Two officers with certificates (执法人员)"),
    "procedure": _("Procedure (执法程序)"),
    "facts": _("Facts and evidence (事实证据)"),
    "law": _("Law applied (适用依据)"),
    "discretion": _("Discretion (裁量基准)"),
    "powers": _("Within powers (法定权限)"),
    "documents": _("Documents (执法文书)"),
    "crime": _("Suspected crime to be transferred (涉嫌犯罪)"),
    "rights": _("Rights of the party and other points (当事人权利及其他)"),
}
STATES = [
    ("conforms", _("conforms")),
    ("fails", _("does not conform")),
    ("not_applicable", _("not applicable")),
]


def money_field(label: Any, **options: Any) -> forms.DecimalField:
    """An amount in yuan with at most two places."""
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, min_value=Decimal("0.00"), localize=False, **options
    )


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A civil day with the browser's own picker."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """A moment in local time with the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


def text_field(label: Any, *, rows: int = 5, **options: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **options
    )


class LegalReviewForm(forms.Form):
    """Ten points and one of five opinions (PP 38–39)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in POINT_LABELS.items():
            self.fields[f"point_{key}"] = forms.ChoiceField(label=label, choices=STATES, initial="conforms")
            self.fields[f"note_{key}"] = forms.CharField(
                label=format_lazy("{}: {}", label, _("Remark")), required=False, max_length=500
            )
        self.fields["opinion"] = forms.ChoiceField(
            label=_("Opinion"), choices=LegalReview.Opinion.choices, widget=forms.RadioSelect
        )
        self.fields["reasons"] = text_field(_("Reasons"))

    def clean(self) -> dict[str, Any]:
        """A point that fails cannot end in agreement; every failing point needs a remark."""
        cleaned = super().clean() or {}
        failing = [key for key in POINTS if cleaned.get(f"point_{key}") == "fails"]
        for key in failing:
            if not cleaned.get(f"note_{key}"):
                self.add_error(f"note_{key}", _("Say what does not conform."))
        if failing and cleaned.get("opinion") == LegalReview.Opinion.AGREE:
            self.add_error(
                "opinion", _("You marked a point that does not conform; agreement is not possible.")
            )
        return cleaned

    def rows(self) -> list[dict[str, forms.BoundField]]:
        """The points with their remarks, for the table."""
        return [{"state": self[f"point_{key}"], "note": self[f"note_{key}"]} for key in POINTS]

    def checklist(self) -> dict[str, dict[str, str]]:
        """The ten points as they were judged."""
        data = self.cleaned_data
        return {key: {"state": data[f"point_{key}"], "note": data[f"note_{key}"]} for key in POINTS}


class ServiceForm(forms.Form):
    """How a document reached the party (PP 59)."""

    served_on = day_field(_("Served on"))
    method = forms.ChoiceField(label=_("Method of service"), choices=Service.Method.choices)
    receiver = forms.CharField(label=_("Received by"), max_length=64)


class ResponseForm(forms.Form):
    """What the party answers to the notice."""

    response = forms.ChoiceField(label=_("Answer of the party"), widget=forms.RadioSelect)
    received_on = day_field(_("Received on"))
    text = text_field(_("What the party says"), required=False)

    def __init__(self, *args: Any, notice: PenaltyNotice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("statement", _("statement and defence")),
            ("none", _("written waiver of statement and hearing")),
        ]
        if notice is not None and notice.offers_hearing:
            choices.insert(1, ("hearing", _("asks for a hearing")))
        self.fields["response"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A statement needs its words."""
        cleaned = super().clean() or {}
        if cleaned.get("response") == "statement" and not cleaned.get("text"):
            self.add_error("text", _("Write down what the party says; every point must be answered later."))
        return cleaned


class StatementAnswerForm(forms.Form):
    """How each point of the statement was checked."""

    result = forms.ChoiceField(
        label=_("Result"), choices=StatementModel.Result.choices, widget=forms.RadioSelect
    )
    answer = text_field(_("How each point was checked and whether it is accepted"))
    fine_amount = money_field(_("Lighter fine (yuan)"), required=False)
    mitigation = text_field(_("Ground for going below the range"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """A lighter proposal names its fine."""
        cleaned = super().clean() or {}
        if cleaned.get("result") == "lighter" and cleaned.get("fine_amount") is None:
            self.add_error("fine_amount", _("Enter the lighter fine."))
        return cleaned


class HearingPlanForm(forms.Form):
    """Time and place of the hearing."""

    scheduled_for = moment_field(_("Time of the hearing"))
    place = forms.CharField(label=_("Place"), max_length=200)
    is_public = forms.BooleanField(label=_("Public hearing"), required=False, initial=True)


class HearingRecordForm(forms.Form):
    """Record and opinion of the chair."""

    result = forms.ChoiceField(label=_("Result"), choices=Hearing.Result.choices, widget=forms.RadioSelect)
    record = text_field(_("Record of the hearing (听证笔录)"), rows=8)
    opinion = text_field(_("Opinion of the chair"))


class DecisionForm(forms.Form):
    """The leader's decision."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[*PenaltyDecision.Kind.choices, ("send_back", _("send back to the handlers"))],
        widget=forms.RadioSelect,
    )
    fine_amount = money_field(_("Fine (yuan)"), required=False)
    mitigation = text_field(_("Ground for going below the range"), rows=2, required=False)
    reasons = text_field(_("Reasons"))

    def clean(self) -> dict[str, Any]:
        """A penalty names its fine."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "penalty" and cleaned.get("fine_amount") is None:
            self.add_error("fine_amount", _("A penalty decision needs the amount of the fine."))
        return cleaned


class PaymentForm(forms.Form):
    """One bank voucher."""

    kind = forms.ChoiceField(label=_("Paid for"), choices=Payment.Kind.choices, widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )
    paid_on = day_field(_("Paid on"))
    voucher = forms.CharField(label=_("Bank voucher"), max_length=64)


class TransferForm(forms.Form):
    """The chief's decision on the transfer."""

    transfer = forms.ChoiceField(
        label=_("Decision"),
        choices=[("transfer", _("transfer to the police")), ("refuse", _("do not transfer"))],
        widget=forms.RadioSelect,
    )
    grounds = text_field(_("Grounds of the proposal"))
    reasons = text_field(_("Reasons for not transferring"), required=False)

    def clean(self) -> dict[str, Any]:
        """A refusal gives its reasons (TR 5)."""
        cleaned = super().clean() or {}
        if cleaned.get("transfer") == "refuse" and not cleaned.get("reasons"):
            self.add_error("reasons", _("The reasons for not transferring go into the file (TR 5)."))
        return cleaned


class HandOverForm(forms.Form):
    """The hand-over to the police."""

    police_office = forms.CharField(label=_("Police office"), max_length=120)
    receipt = forms.CharField(label=_("Receipt of the police"), max_length=64)
    handed_over_at = moment_field(_("Handed over at"))


class PoliceResultForm(forms.Form):
    """What the police decided."""

    police = forms.ChoiceField(
        label=_("Decision of the police"), choices=PoliceTransfer.Result.choices, widget=forms.RadioSelect
    )
    result_on = day_field(_("Date of their letter"))
    note = text_field(_("Remark"), rows=3, required=False)


class CriminalOutcomeForm(forms.Form):
    """How the criminal case ended."""

    criminal_outcome = forms.ChoiceField(
        label=_("End of the criminal case"),
        choices=[
            ("returned", _("not prosecuted or not guilty: the matter comes back")),
            ("closed_by_court", _("convicted: no further penalty here")),
        ],
        widget=forms.RadioSelect,
    )
    outcome = text_field(_("What was decided, by whom, when"), rows=3)
    judgment_number = forms.CharField(
        label=_("Number of the judgment"),
        max_length=64,
        required=False,
        help_text=_("This and the next two only after a conviction."),
    )
    judgment_on = day_field(_("Day of the judgment"), required=False)
    court_loss = money_field(
        _("Loss of the fund that the court established (yuan)"),
        required=False,
        help_text=_("0 if it established none. A reward of the tipster rests on it; a fine is no part."),
    )

    def clean(self) -> dict[str, Any]:
        """A conviction names its judgment and the loss in it; a matter that comes back has neither."""
        cleaned = super().clean() or {}
        is_judged = cleaned.get("criminal_outcome") == "closed_by_court"
        for name in ("judgment_number", "judgment_on", "court_loss"):
            if not is_judged:
                cleaned[name] = None
            elif name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, _("After a conviction this stands in the judgment: enter it."))
        return cleaned
