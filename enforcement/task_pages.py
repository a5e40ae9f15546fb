"""Task pages from legal review to execution."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.document_facts import law_marks, standing_findings
from casework.task_pages import TaskPage, task_page
from casework.task_pages.case_page import CaseTaskPage
from enforcement import forms as enforcement_forms
from enforcement.models import Hearing, Payment, PenaltyDecision
from enforcement.rules.fine_band import case_band
from enforcement.selectors import (
    due_amount,
    latest_notice,
    open_amount,
    open_statement,
    paid_amount,
    surcharge_on_fine,
)
from enforcement.services import transfer_to_police as transfer
from enforcement.services.answer_statement import answer_statement
from enforcement.services.arrange_hearing import arrange_hearing
from enforcement.services.decide_penalty import decide_penalty
from enforcement.services.hold_hearing import hold_hearing
from enforcement.services.record_payment import record_payment
from enforcement.services.record_response import record_response
from enforcement.services.review_case import review_case
from enforcement.services.serve_decision import serve_decision
from enforcement.services.serve_notice import serve_notice
from workflows.now import now
from workflows.rules.calendar import civil_date


class EnforcementPage(CaseTaskPage):
    """A task on a case, with the facts that its decision rests on."""

    template_name = "enforcement/tasks/task.html"

    def context(self) -> dict[str, Any]:
        """Case, findings and the lawful range of the fine."""
        findings = standing_findings(self.case)
        acts = [(f.article, f.party.liable_as, f.loss_amount, f.occurred_until) for f in findings]
        band = case_band(acts, judged_on=civil_date(now()))
        return super().context() | {
            "findings": findings,
            "band": {"least": band.fine_min.amount, "most": band.fine_max.amount, "source": band.article},
            "notice": latest_notice(self.case),
            "statement": open_statement(self.case),
            "law_marks": law_marks(self.case),
            "evidence": self.case.evidence.order_by("added_at"),
        }


@task_page("legal_review")
class LegalReviewPage(EnforcementPage):
    """法制审核."""

    form_class = enforcement_forms.LegalReviewForm
    template_name = "enforcement/tasks/legal_review.html"
    verb = _("Submit the legal opinion")
    law = "PP 37–40; APL 58"
    bound: enforcement_forms.LegalReviewForm

    def context(self) -> dict[str, Any]:
        """The case with the rounds before this one."""
        return super().context() | {"earlier_reviews": self.case.legal_reviews.select_related("reviewer")}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Give the opinion."""
        review_case(
            actor=self.actor,
            work_item=self.item,
            opinion=cleaned["opinion"],
            checklist=self.bound.checklist(),
            reasons=cleaned["reasons"],
            key=key,
            now=now,
        )


@task_page("serve_notice")
class ServeNoticePage(EnforcementPage):
    """送达事先告知书."""

    form_class = enforcement_forms.ServiceForm
    verb = _("Issue the notice and record its service")
    law = "PP 41; APL 44, 63"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Issue and serve the notice."""
        serve_notice(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("record_response")
class RecordResponsePage(EnforcementPage):
    """登记陈述申辩."""

    form_class = enforcement_forms.ResponseForm
    verb = _("Record the answer")
    law = "PP 41; APL 45, 64"

    def form_arguments(self) -> dict[str, Any]:
        """The notice decides whether a hearing may be asked for."""
        return {"notice": latest_notice(self.case)}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record the answer."""
        record_response(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("answer_statement")
class AnswerStatementPage(EnforcementPage):
    """复核陈述申辩."""

    form_class = enforcement_forms.StatementAnswerForm
    verb = _("Record the check of the statement")
    law = "PP 41; APL 45"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Answer the statement."""
        answer_statement(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("arrange_hearing")
class ArrangeHearingPage(EnforcementPage):
    """安排听证."""

    form_class = enforcement_forms.HearingPlanForm
    verb = _("Notify the party of the hearing")
    law = "APL 64"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Set time and place."""
        arrange_hearing(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("hold_hearing")
class HoldHearingPage(EnforcementPage):
    """举行听证."""

    form_class = enforcement_forms.HearingRecordForm
    verb = _("Record the hearing")
    law = "APL 64–65"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Keep the record."""
        hold_hearing(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("decide_penalty")
class DecidePenaltyPage(EnforcementPage):
    """作出处理决定."""

    form_class = enforcement_forms.DecisionForm
    template_name = "enforcement/tasks/decide_penalty.html"
    verb = _("Make the decision")
    law = "PP 37, 41, 43–45; APL 57"

    def form_arguments(self) -> dict[str, Any]:
        """The proposed fine is the starting point."""
        return {"initial": {"fine_amount": self.case.fine_amount}}

    def context(self) -> dict[str, Any]:
        """What the decision rests on: reviews, statements, hearing."""
        notice = latest_notice(self.case)
        return super().context() | {
            "reviews": self.case.legal_reviews.select_related("reviewer"),
            "statements": notice.statements.order_by("id") if notice else [],
            "hearing": Hearing.objects.filter(notice=notice).select_related("chair").first(),
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Decide."""
        fine = cleaned.get("fine_amount") or 0
        decide_penalty(
            actor=self.actor, work_item=self.item, key=key, now=now, **{**cleaned, "fine_amount": fine}
        )


@task_page("serve_decision")
class ServeDecisionPage(EnforcementPage):
    """送达决定书."""

    form_class = enforcement_forms.ServiceForm
    verb = _("Record the service of the decision")
    law = "PP 59; APL 61"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record the service."""
        served = {"received_on": cleaned["served_on"]}
        rest = {name: cleaned[name] for name in ("method", "receiver")}
        serve_decision(actor=self.actor, work_item=self.item, key=key, now=now, **served, **rest)


@task_page("record_payments")
class RecordPaymentsPage(TaskPage):
    """登记收缴款项: finance sees the money, not the case."""

    form_class: ClassVar[type[forms.Form]] = enforcement_forms.PaymentForm
    template_name = "enforcement/tasks/record_payments.html"
    verb = _("Book this payment")
    law = "REG 45; PP 52–53; APL 67"

    @cached_property
    def decision(self) -> PenaltyDecision:
        """The decision that is being carried out."""
        return PenaltyDecision.objects.select_related("case__bureau").get(case_id=self.item.run.subject_id)

    def context(self) -> dict[str, Any]:
        """What is due, paid and open under each kind."""
        rows = [
            {
                "kind": label,
                "due": due_amount(self.decision, kind),
                "paid": paid_amount(self.decision, kind),
                "open": open_amount(self.decision, kind),
            }
            for kind, label in Payment.Kind.choices
        ]
        payments = self.decision.payments.order_by("id")
        return {
            "decision": self.decision,
            "money_rows": rows,
            "payments": payments,
            "surcharge": surcharge_on_fine(self.decision, on=civil_date(now())),
            "hides_case": True,
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Book one voucher."""
        record_payment(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("decide_transfer")
class DecideTransferPage(EnforcementPage):
    """决定是否移送公安."""

    form_class = enforcement_forms.TransferForm
    verb = _("Decide on the transfer")
    law = "TR 5; APL 27"

    def form_arguments(self) -> dict[str, Any]:
        """The handlers' report is the ground."""
        return {"initial": {"grounds": self.case.final_report}}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Decide."""
        transfer.decide_transfer(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("hand_over_to_police")
class HandOverPage(EnforcementPage):
    """向公安机关移送."""

    form_class = enforcement_forms.HandOverForm
    verb = _("Record the hand-over")
    law = "TR 5–7"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record the hand-over."""
        transfer.hand_over_to_police(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("record_police_result")
class PoliceResultPage(EnforcementPage):
    """登记公安决定."""

    form_class = enforcement_forms.PoliceResultForm
    verb = _("Record the decision of the police")
    law = "TR 8–10"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record the answer."""
        transfer.record_police_result(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("await_criminal_outcome")
class CriminalOutcomePage(EnforcementPage):
    """登记刑事结果."""

    form_class = enforcement_forms.CriminalOutcomeForm
    verb = _("Record the end of the criminal case")
    law = "FR-HS 21–23; APL 27, 35"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record the outcome."""
        names = ("judgment_number", "judgment_on", "court_loss")
        number, on, loss = (cleaned[name] for name in names)
        transfer.record_criminal_outcome(
            actor=self.actor,
            work_item=self.item,
            key=key,
            now=now,
            judgment=transfer.Judgment(number, on, loss) if number else None,
            criminal_outcome=cleaned["criminal_outcome"],
            outcome=cleaned["outcome"],
        )
