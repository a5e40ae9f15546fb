"""Forms of casework."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, money_field, reasons_field, text_field
from casework.leads import leads_of
from casework.models import Case, Evidence, Officer, Party
from casework.rule_sentences import in_words
from casework.rules.closing import GROUNDS
from casework.rules.penalty_file import load_penalties

_words = lazy(in_words, str)


class OfficersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Officers with their certificates, so that the leader sees whom the law allows."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Officer) -> str:
        """Name, certificate and the day on which it ends."""
        return _("%(name)s · certificate %(number)s until %(day)s") % {
            "name": obj.account,
            "number": obj.certificate_number,
            "day": obj.certificate_valid_until.isoformat(),
        }


class AppointHandlersForm(forms.Form):
    """Two officers or more."""

    officers = OfficersField(Officer.objects.none(), label=_("Case handlers (办案人员)"))
    is_recusal_checked = forms.BooleanField(
        label=_("Each of them was asked and has no interest in the matter (回避)"), required=False
    )

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = officers  # type: ignore[attr-defined]


class FindingForm(forms.Form):
    """One established point."""

    act = forms.CharField(widget=forms.HiddenInput, initial="record_finding")
    party = forms.ModelChoiceField(Party.objects.none(), label=_("Party (当事人)"), empty_label=None)
    conduct = forms.CharField(label=_("Conduct"), max_length=120)
    facts = text_field(_("Facts"))
    article = forms.ChoiceField(label=_("Article of the regulation (条例)"))
    loss_amount = money_field(_("Loss in yuan"))
    multiple = forms.DecimalField(
        label=_("Proposed fine as a multiple of the loss"), max_digits=5, decimal_places=2, min_value=0
    )
    mitigation = text_field(_("Ground for going below the band"), rows=3, required=False)
    occurred_from = day_field(_("From"))
    occurred_until = day_field(_("Until"))
    from_tip = forms.BooleanField(label=_("Reported by the tip"), required=False, initial=True)
    lead = forms.ChoiceField(
        label=_("Reported by"),
        help_text=_(
            "In order of receipt. What several tips reported counts for the first; a later one has only what it "
            "brought anew (RECALLED)."
        ),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = case.parties.order_by("id")  # type: ignore[attr-defined]
        self.fields["party"].initial = case.parties.order_by("id").first()
        liable = set(case.parties.values_list("liable_as", flat=True))
        self.fields["article"].choices = article_choices(liable)  # type: ignore[attr-defined]
        self.leads = leads_of(case)
        if len(self.leads) != 1:
            del self.fields["from_tip"]
        if len(self.leads) < 2:
            del self.fields["lead"]
        else:
            choices = [
                ("", "–"),
                *((str(lead.number), lead.name) for lead in self.leads),
                ("none", _("by no tip")),
            ]
            self.fields["lead"].choices = choices  # type: ignore[attr-defined]
            self.fields["lead"].initial = str(self.leads[0].number)

    def facts_given(self) -> dict[str, Any]:
        """The entries without the name of the act."""
        left_out = {"act", "from_tip", "lead"}
        given = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return given | {"lead": self._lead()}

    def _lead(self) -> int | None:
        """The lead that was chosen; with a single one, a tick says whether it was that."""
        chosen = self.cleaned_data.get("lead", "none")
        if self.cleaned_data.get("from_tip"):
            return self.leads[0].number
        return None if chosen == "none" else int(chosen)


def article_choices(liable: set[str]) -> list[tuple[str, str]]:
    """Articles of the regulation that speak of these kinds of party, with their conduct."""
    rows = [row for row in load_penalties().values() if " " not in row.article]
    fitting = [row for row in rows if liable & set(row.parties)]
    return [(row.article, f"{row.article} · {row.conduct_zh}") for row in fitting]


class WithdrawFindingForm(forms.Form):
    """Which finding to withdraw."""

    act = forms.CharField(widget=forms.HiddenInput, initial="withdraw_finding")
    finding = forms.IntegerField(widget=forms.HiddenInput)


class FinalReportForm(forms.Form):
    """The end of the investigation."""

    final_report = text_field(
        _("Final report (案件调查终结报告)"),
        rows=10,
        help_text=_("Party; facts; evidence; law and discretion; proposal; other (PP 36)."),
    )
    police_suspected = forms.BooleanField(label=_("A crime is suspected (涉嫌犯罪)"), required=False)
    public_concern = forms.BooleanField(label=_("May draw public attention (社会关注)"), required=False)
    is_complex = forms.BooleanField(label=_("Complex or of major public interest"), required=False)


class InvestigationAnswerForm(forms.Form):
    """The leader's answer to the final report."""

    investigation = choice_field(
        _("Answer"), [("complete", _("approve the report")), ("send_back", _("send back for more"))]
    )
    reasons = reasons_field()


class ClosingReportForm(forms.Form):
    """Ground and words of the closing report."""

    ground = choice_field(
        _("Ground of closing (PP 56)"), [(code, _words(name)) for code, name in GROUNDS.items()]
    )
    report = text_field(_("Closing report (结案报告)"), rows=8)


class ClosingAnswerForm(forms.Form):
    """The leader's answer to the closing report."""

    closing = choice_field(
        _("Answer"),
        [("concluded", _("approve: the case is concluded (办结)")), ("send_back", _("send back"))],
    )
    reasons = reasons_field()


class ArchiveForm(forms.Form):
    """The file is complete and in order."""

    note = forms.CharField(label=_("Where the paper file lies"), max_length=200, required=False)


class ReportDraftForm(forms.Form):
    """The four parts of the report to the province (JS19 pt 9)."""

    discovery = text_field(_("How it was found (发现过程)"), help_text=_("Nothing that points at a tipster."))
    violations = text_field(_("Facts of breach and violation (违约违规违法事实)"))
    outcome = text_field(_("Outcome (处理结果)"))
    basis = text_field(_("Basis of the outcome (处理依据)"))


class ReportAnswerForm(forms.Form):
    """The leader's answer to the draft."""

    report = choice_field(
        _("Answer"), [("send", _("send to the superior bureau")), ("send_back", _("send back"))]
    )
    reasons = reasons_field()


class AcknowledgeForm(forms.Form):
    """Nothing to enter: the receipt's number comes from the register."""


class MultipleFileInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files; each is checked like one."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list of files, empty when none was chosen."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class EvidenceForm(forms.Form):
    """Files with their legal kind and what they show."""

    kind = forms.ChoiceField(label=_("Kind of evidence (证据种类)"), choices=Evidence.Kind.choices)
    title = forms.CharField(label=_("What it shows (证明事项)"), max_length=200)
    # django-stubs takes the field for the attribute of the same name.
    files = MultipleFileField(  # type: ignore[assignment]
        label=_("Files"), required=False, allow_empty_file=True
    )
