"""Samples of the style page: every component in every state, with the longest names of the registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from casework.faces import Check, ClockFace, Diagram, Fact, FileFace, Happening, StepRow, Tab

AT = datetime(2026, 11, 20, 6, 5, tzinfo=UTC)
LONG_NAME = "康泽春晖医疗健康产业投资集团（江苏）有限责任公司第二十三分公司康复医学门诊部"
COUNTED = (
    _("Event: 2026-11-20 14:05, the day itself is not counted."),
    _("15 working days, without 2 days of expert review."),
    _("Last day 2026-12-11, a working day."),
)
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" targetNamespace="urn:fundguard:style">
<bpmn:process id="sample" isExecutable="false"><bpmn:startEvent id="start" name="立案"/><bpmn:userTask id="investigate" name="调查取证"/>
<bpmn:userTask id="legal_review" name="法制审核"/><bpmn:endEvent id="end" name="结案"/>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="investigate"/><bpmn:sequenceFlow id="f2" sourceRef="investigate" targetRef="legal_review"/>
<bpmn:sequenceFlow id="f3" sourceRef="legal_review" targetRef="end"/></bpmn:process>
<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="sample">
<bpmndi:BPMNShape id="s1" bpmnElement="start"><dc:Bounds x="100" y="102" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s2" bpmnElement="investigate"><dc:Bounds x="200" y="80" width="120" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s3" bpmnElement="legal_review"><dc:Bounds x="380" y="80" width="120" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="s4" bpmnElement="end"><dc:Bounds x="560" y="102" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="136" y="120"/><di:waypoint x="200" y="120"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="320" y="120"/><di:waypoint x="380" y="120"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="500" y="120"/><di:waypoint x="560" y="120"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"""  # noqa: E501


class SampleForm(forms.Form):
    """Every kind of field once."""

    party = forms.CharField(label=_("Name of the party"), help_text=_("As on the licence."))
    opinion = forms.ChoiceField(
        label=_("Opinion of the legal review"),
        widget=forms.RadioSelect,
        choices=[("agree", _("Agree")), ("change", _("Change")), ("correct", _("Correct"))],
    )
    grounds = forms.MultipleChoiceField(
        label=_("Grounds"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("facts", _("Facts not clear")), ("evidence", _("Evidence insufficient"))],
        required=False,
    )
    bureau = forms.ChoiceField(
        label=_("Bureau"), choices=[("", "—"), ("320100", "南京市医疗保障局")], required=False
    )
    served_on = forms.DateField(
        label=_("Served on"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    # A number input would throw away what it cannot read; what was typed has to stay.
    amount = forms.DecimalField(
        label=_("Amount in yuan"),
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    is_complete = forms.BooleanField(label=_("The file is complete."))

    def clean(self) -> dict[str, Any]:
        """One error that belongs to no field."""
        raise forms.ValidationError(_("The decision may not be heavier than the notice."))


@dataclass(frozen=True)
class CaseRow:
    """One line of the sample table."""

    number: str
    party: str
    amount: Decimal
    clock: ClockFace


def clocks() -> list[ClockFace]:
    """A legal clock in each state and unit."""
    due = datetime(2026, 12, 11, 15, 59, tzinfo=UTC)
    label = _("Legal review")
    return [
        ClockFace(due, 9, label=label, article="PP 37", counted=COUNTED),
        ClockFace(due, 2, label=label, counted=COUNTED, provisional=True),
        ClockFace(due, 0),
        ClockFace(due, -3, label=label, counted=COUNTED),
        ClockFace(due, 20, "hour"),
        ClockFace(due, 41, "calendar_day"),
        ClockFace(None, 41, "calendar_day", "paused"),
        ClockFace(due, None, state="met"),
        ClockFace(due, None, state="met_late"),
    ]


def files() -> list[FileFace]:
    """A file in each state."""
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    names = (
        ("stored", "image/jpeg"),
        ("sealed", "application/pdf"),
        ("scanning", "video/mp4"),
        ("infected", ""),
        ("broken", "text/csv"),
    )
    return [
        FileFace(f"{LONG_NAME}-{n}.{state}", 10 ** (n + 3), kind, digest, state, "#", "#", AT)
        for n, (state, kind) in enumerate(names)
    ]


def happenings() -> list[Happening]:
    """A timeline with each tone."""
    who = "王建国"
    return [
        Happening(_("Case filed"), AT, who, _("leader"), tone="done", url="#"),
        Happening(_("Report to the province"), AT, "李秀英", _("case handler"), LONG_NAME, "late"),
        Happening(_("Sealing refused"), AT, who, _("leader"), tone="refused"),
        Happening(_("Legal review"), AT, tone="active"),
        Happening(_("Hearing"), None, tone="open"),
    ]


def diagram() -> Diagram:
    """A process with one token and one loop."""
    return Diagram(
        title="案件办理",
        xml=MODEL,
        tokens={"legal_review": 1},
        done={"start": 1, "investigate": 2},
        troubles={"legal_review": 1},
        steps=(
            StepRow("investigate", "调查取证", "办案人员", "done", "李秀英", AT, times=2),
            StepRow("legal_review", "法制审核", "法制审核人员", "live", tokens=1, troubles=1),
            StepRow("end", "结案", "负责人"),
        ),
    )


def samples(prefix: str) -> dict[str, Any]:
    """All samples for one theme; `prefix` keeps ids apart on the page."""
    party = SampleForm({f"{prefix}f-grounds": ["facts"], f"{prefix}f-amount": "many"}, prefix=f"{prefix}f")
    rows = [
        CaseRow(f"苏医保案〔2026〕{n}号", LONG_NAME, Decimal(n) * 12345, c) for n, c in enumerate(clocks(), 1)
    ]
    return {
        "prefix": prefix,
        "clocks": clocks(),
        "files": files(),
        "happenings": happenings(),
        "diagram": diagram(),
        "diagram_key": f"{prefix}-process",
        "upload_name": f"{prefix}_files",
        "upload_errors": [_("“scan.exe” is of a kind that is not accepted.")],
        "empty_form": SampleForm(prefix=f"{prefix}e"),
        "wrong_form": party,
        "rows": rows,
        "page": Paginator(range(200), 20).page(4),
        "amounts": [Decimal("1234567.89"), Decimal("-0.5"), Decimal(0), None],
        "checks": [
            Check(_("Two officers with certificates"), "done", article="PP 16"),
            Check(_("Hearing offered"), "refused", _("The notice does not name the right to a hearing.")),
            Check(_("Recusal asked for"), "open", url="#"),
        ],
        "facts": [
            Fact(_("Party"), LONG_NAME, "#"),
            Fact(_("Filed on"), "2026-11-20"),
            Fact(_("Legal representative")),
        ],
        "tabs": [
            Tab(_("Facts"), "#", True),
            Tab(_("Evidence"), "#", count=12),
            Tab(_("Documents"), "#", count=0),
        ],
        "tones": [
            ("open", _("open")),
            ("active", _("in progress")),
            ("done", _("done")),
            ("late", _("late")),
            ("refused", _("refused")),
            ("paused", _("suspended")),
            ("void", _("archived")),
        ],
        "long_name": LONG_NAME,
    }
