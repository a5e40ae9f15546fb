"""Words for the steps of the case, coarse on purpose.

A tipster may know that the case goes on and how it ended (TH 12–14). What the bureau finds, whom it hears, what it
means to order and whether the police are asked would tell of the party, or warn it: these steps share their words.
"""

from django.utils.translation import gettext_lazy as _

from tips.coming_back.steps.step import PublicStep, each

INVESTIGATED = PublicStep(
    _("A case was filed"),
    _("The bureau investigates. You will read here how it ended."),
    _("The bureau hears both sides and decides. While it does, it can tell you nothing about the others."),
)
ELSEWHERE = PublicStep(
    _("Waiting for another authority"),
    _("The case waits for something that another authority must do first."),
    _("It then goes on here. You will read here how it ended."),
)
TO_DECIDE = PublicStep(
    _("Before the decision"),
    _("The investigation has ended. What was found is examined and both sides are heard."),
    _("Then the bureau decides. You will read here how it ended."),
)
DECIDED = PublicStep(
    _("Decided, not yet in force"),
    _("The bureau has decided. The decision takes effect when it has been handed over."),
    _("You read the outcome here as soon as it is in force."),
)
IN_FORCE = PublicStep(
    _("Being carried out"),
    _("The decision is in force and is being carried out."),
    _("The case is closed when that is done."),
)

CASE = {
    **each(
        ELSEWHERE,
        "hand_over_to_police",
        "record_transfer",
        "record_police_result",
        "await_criminal_outcome",
    ),
    **each(
        INVESTIGATED,
        "begin_case",
        "appoint_handlers",
        "investigate",
        "approve_investigation",
        "decide_transfer",
        "report_transfer",
    ),
    **each(
        TO_DECIDE,
        "assess_amounts",
        "legal_review",
        "serve_notice",
        "record_response",
        "response_period_over",
        "record_response_or_hearing",
        "hearing_request_period_over",
        "answer_statement",
        "arrange_hearing",
        "hold_hearing",
        "decide_penalty",
    ),
    **each(DECIDED, "serve_decision"),
    **each(
        IN_FORCE,
        "decision_in_force",
        "open_reward_in_force",
        "court_outcome_in_force",
        "open_reward_of_court",
        "record_payments",
        "open_reward",
        "write_closing_report",
        "approve_closing",
        "conclude_case",
        "report_conclusion",
        "archive_case",
        "close_case",
    ),
}
"""Two parts of a case can be live at once; what lies further back in the table is then left unsaid."""

NOT_TOLD = {
    "province_report": "reports to the superior bureau; the step of the case that calls it has words",
    "identity_opening": "who asks to see an identity is told to those who answer for it, and kept in the journal",
    "tip_reexamination": "the page of the report has a part of its own for it",
    "tip_yearly_report": "it counts the tips of a year and belongs to none of them",
    "tip_purge": "after it the code opens nothing: there is no page on which it could be told",
}
"""Processes whose steps are never told, each with the reason."""
