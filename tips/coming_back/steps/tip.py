"""Words for the steps of a report, and for the ends that it can have. The first live one of a table is shown."""

from django.utils.translation import gettext_lazy as _

from tips.coming_back.steps.case import INVESTIGATED
from tips.coming_back.steps.step import PublicStep, each

RECEIVED = PublicStep(
    _("Report received"),
    _("Your report is with the bureau and waits to be registered."),
    _("An officer registers it and checks whether this bureau is the one that may act."),
    "open",
)
CHECKED = PublicStep(
    _("Being checked"),
    _("The bureau may act in this matter. Two officers check the facts before a case is filed."),
    _("A leader who did not check the facts decides whether a case is filed. You then get an answer here."),
)
DECIDED_ON = PublicStep(
    _("Decision on filing"),
    _("The facts have been checked. A leader decides whether a case is filed."),
    _("You get an answer here with the decision."),
)
ANSWERED_SOON = PublicStep(
    _("Decided"),
    _("A decision was made. The answer to you is being written."),
    _("The answer appears below under “Messages”."),
)
NOT_OURS_SOON = PublicStep(
    _("Not for us"),
    _("Another authority is responsible. The answer to you is being written."),
    _("The answer appears below under “Messages” and says whom you can turn to."),
)
NOT_OURS = PublicStep(
    _("Not for us"),
    _("Another authority is responsible. Read below whom you can turn to."),
    _("This bureau does nothing more in the matter. Write to it below if you think that this is wrong."),
    "done",
)
NOT_A_TIP = PublicStep(
    _("Not a report"),
    _("What you wrote is a question, a request for review or a petition. It goes another way; read below."),
    _("This bureau does nothing more here. Write to it below if you think that this is wrong."),
    "done",
)
SETTLED_FIRST = PublicStep(
    _("Jurisdiction being settled"),
    _("Two bureaus settle which of them may act; if they cannot, their common superior names one."),
    _("You read here which bureau acts. You need do nothing, and your receipt code stays the same."),
)
HANDLED = PublicStep(
    _("Handled"),
    _("The matter has been dealt with. Read the messages below."),
    _("The papers are put away. You can still read this page and write to the bureau."),
    "done",
)
NOT_FILED = PublicStep(
    _("No case filed"),
    _("The check gave no ground for a case. The reasons are in the messages below."),
    _(
        "If you have more to go on, add it below. Write to the bureau as well if you think that this is wrong."
    ),
    "done",
)
WITHDRAWN = PublicStep(
    _("Withdrawn"),
    _("You withdrew this report. A case that had been filed goes on; nothing more of it is told to you."),
    _("Nothing is asked of you. You can still read what was written here."),
    "void",
)
PAUSED = PublicStep(
    _("At rest"),
    _("The handling rests for a reason that the law allows. It is not over."),
    _("It goes on by itself when the reason is gone; you need do nothing."),
    "open",
)
STOPPED = PublicStep(
    _("Ended"),
    _("The handling of this report was ended by a decision of the bureau."),
    _("Write to the bureau on this page if you want to know more."),
    "void",
)
UNNAMED = PublicStep(
    _("Being handled"),
    _("The bureau is at work on your report."),
    _("You read here when something changes for you."),
)
"""What is said where a step has no words; no step of the models comes here (see the tests)."""

TIP = {
    **each(RECEIVED, "register_tip"),
    **each(SETTLED_FIRST, "settle_dispute", "dispute_period_over", "name_jurisdiction"),
    **each(RECEIVED, "hand_over_tip"),
    **each(NOT_OURS_SOON, "answer_not_accepted"),
    **each(NOT_OURS, "notify_not_accepted"),
    **each(CHECKED, "review_copy", "assign_verifiers", "verify_lead"),
    **each(DECIDED_ON, "decide_filing"),
    **each(ANSWERED_SOON, "open_case", "join_case", "answer_tipster", "notify_tipster"),
    **each(INVESTIGATED, "case_decided"),
    **each(HANDLED, "tell_outcome", "archive_tip"),
}
