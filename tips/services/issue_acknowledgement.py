"""Hand the signed acknowledgement to a tipster."""

from datetime import datetime

from casework.documents import render
from casework.documents.contexts import TipAcknowledgement
from tips.coming_back.tipster_session import TipsterSession
from tips.receipts.acknowledgement import Acknowledgement, acknowledge, check_code
from workflows import journal
from workflows.rules.calendar import civil_date


def issue_acknowledgement(session: TipsterSession, *, now: datetime) -> Acknowledgement:
    """Sign what the bureau holds of the report now. The journal says that it was done, not what it says."""
    tip = session.tip
    made = acknowledge(tip, session.content_key, session.proof_salt, now=now)
    family = tip.leading_run.family
    journal.record("acknowledgement_issued", now=now, agent="tipster", subject=("tip", tip.pk), family=family)
    return made


def as_paper(session: TipsterSession, made: Acknowledgement, *, now: datetime) -> bytes:
    """The acknowledgement as a PDF; it goes to the tipster and into no file of the bureau."""
    tip, facts = session.tip, made.facts
    context = TipAcknowledgement(
        tip_number=tip.number,
        received_on=civil_date(tip.received_at),
        commitment=facts["commitment"],
        key=facts["key"],
        code=check_code(made.shown),
    )
    return render(
        "tip_acknowledgement",
        context,
        number=tip.number,
        issued_on=civil_date(now),
        bureau_name=tip.bureau.name,
        draft=False,
    ).pdf
