"""Contexts of the documents of enforcement, filled from the case."""

from datetime import date, datetime
from typing import Any

from casework import document_facts as facts
from casework.documents.contexts.legal_review_opinion import POINTS, LegalReviewOpinion, ReviewPoint
from casework.documents.contexts.penalty_decision import PenaltyDecision as DecisionContext
from casework.documents.contexts.penalty_notice import PenaltyNotice as NoticeContext
from casework.models import Case
from casework.rules.parameters import legal_period
from enforcement.models import Hearing, LegalReview, PenaltyDecision, PenaltyNotice, Statement
from workflows.rules.calendar import civil_date

CORRECTIONS = {
    "organisation": "责令你单位立即改正上述违法行为，健全内部医疗保障基金使用管理制度。",
    "person": "责令你立即改正上述违法行为。",
}


def legal_review_opinion(case: Case, review: LegalReview, *, submitted_at: datetime) -> LegalReviewOpinion:
    """法制审核意见书 of one round."""
    officer = getattr(review.reviewer, "officer", None)
    return LegalReviewOpinion(
        party=facts.party_facts(facts.main_party(case)),
        case_number=case.number,
        cause=case.cause,
        handlers=facts.handler_facts(case),
        submitted_on=civil_date(submitted_at),
        file_list=tuple(e.proves for e in facts.evidence_facts(case)) or ("案件调查终结报告",),
        proposed_decision=proposal_words(case),
        recovery_amount=review.proposed_recovery_amount,
        fine_amount=review.proposed_fine_amount,
        points=tuple(_point(key, review.checklist.get(key, {})) for key in POINTS),
        opinion=review.opinion,
        reasons=review.reasons,
        reviewer=str(review.reviewer),
        reviewer_qualification="国家统一法律职业资格" if officer and officer.has_legal_qualification else "",
        reviewed_on=civil_date(review.reviewed_at),
        is_outside_reviewer=review.reviewer.bureau_id != case.bureau_id,
        marks=facts.law_marks(case),
    )


def penalty_notice(case: Case, *, offers_hearing: bool, on: date) -> NoticeContext:
    """行政处罚事先告知书 with the rights of the party."""
    handlers = facts.handler_facts(case)
    previous = case.notices.select_related("document").order_by("-round").first()
    return NoticeContext(
        party=facts.party_facts(facts.main_party(case)),
        case_number=case.number,
        cause=case.cause,
        filed_on=case.filed_on,
        violations=facts.violation_facts(case),
        evidence=facts.evidence_facts(case),
        discretion=discretion_words(case),
        recovery_amount=case.recovery_amount,
        fine_amount=case.fine_amount,
        fine_working=facts.fine_working(case),
        measures=(CORRECTIONS[facts.main_party(case).kind],),
        hearing_offered=offers_hearing,
        contact_person=handlers[0].name if handlers else "",
        contact_telephone=case.bureau.telephone,
        contact_address=case.bureau.address,
        statement_working_days=legal_period(
            "statement_period", on=on, region=case.bureau.parameters_region
        ).value,
        replaces_number=previous.document.number if previous else "",
        marks=facts.law_marks(case),
    )


def penalty_decision(case: Case, decision: PenaltyDecision, notice: PenaltyNotice) -> DecisionContext:
    """行政处罚决定书 with facts, grounds, money and remedies."""
    statement = notice.statements.order_by("-id").first()
    hearing = Hearing.objects.filter(notice=notice, result=Hearing.Result.HELD).first()
    review = case.legal_reviews.filter(opinion=LegalReview.Opinion.AGREE).order_by("-round").first()
    return DecisionContext(
        party=facts.party_facts(facts.main_party(case)),
        case_number=case.number,
        cause=case.cause,
        filed_on=case.filed_on,
        violations=facts.violation_facts(case),
        evidence=facts.evidence_facts(case),
        notice_number=notice.document.number,
        notice_served_on=notice.served_on,
        discretion=decision.reasons,
        recovery_amount=decision.recovery_amount,
        fine_amount=decision.fine_amount,
        fine_working=facts.fine_working(case),
        measures=(),
        correction=CORRECTIONS[facts.main_party(case).kind],
        fund_account=facts.account_facts(case.bureau, "fund"),
        treasury_account=facts.account_facts(case.bureau, "treasury"),
        remedies=facts.remedy_facts(case.bureau),
        hearing_offered=notice.offers_hearing,
        hearing_held_on=civil_date(hearing.held_at) if hearing and hearing.held_at else None,
        review_passed_on=civil_date(review.reviewed_at) if review else None,
        payment_days=legal_period(
            "fine_payment", on=civil_date(decision.decided_at), region=case.bureau.parameters_region
        ).value,
        marks=facts.law_marks(case),
        **_response(statement),
    )


def proposal_words(case: Case) -> str:
    """The intended decision in one sentence."""
    return f"责令退回医疗保障基金{case.recovery_amount:,.2f}元，并处罚款{case.fine_amount:,.2f}元。"


def discretion_words(case: Case) -> str:
    """Why these multiples: the grounds written by the handlers, or the ordinary band."""
    grounds = [f.mitigation for f in facts.standing_findings(case) if f.mitigation]
    return "；".join(grounds) or "当事人无从轻、减轻或者从重处罚情节，按一般情节裁量。"


def _point(key: str, checked: dict[str, str]) -> ReviewPoint:
    return ReviewPoint(key=key, state=checked.get("state", "conforms"), note=checked.get("note", ""))


def _response(statement: Statement | None) -> dict[str, Any]:
    if statement is None:
        return {"response": "none"}
    return {
        "response": "hearing" if statement.asks_for_hearing else "statement",
        "response_words": statement.text,
        "response_answer": statement.answer,
    }
