"""Acts of tips and rewards in words, for timelines."""

from casework.case_faces import ACTS
from workflows.rules.texts import gettext_noop

TIP_ACTS = {
    "tip_received": gettext_noop("The tip was received"),
    "receipt_kept": gettext_noop("The tipster has kept the receipt code"),
    "receipt_handed_over": gettext_noop("The receipt was handed to the tipster"),
    "supervisor_registered": gettext_noop("An appointment as social supervisor was entered"),
    "supervisor_term_ended": gettext_noop("An appointment as social supervisor ended early"),
    "supervisor_code_given": gettext_noop("A social supervisor got a personal code"),
    "questionnaire_drafted": gettext_noop("A questionnaire was drafted"),
    "questionnaire_decided": gettext_noop("A questionnaire was decided on"),
    "words_opened": gettext_noop("The sealed words were looked at"),
    "file_opened": gettext_noop("A file of the tip was looked at"),
    "file_checked": gettext_noop("A file of the tip was checked and put under lock"),
    "file_refused": gettext_noop("A file of the tip was refused"),
    "files_added": gettext_noop("The tipster added files"),
    "message_from_tipster": gettext_noop("The tipster wrote a message"),
    "message_to_tipster": gettext_noop("A message was written to the tipster"),
    "tip_registered": gettext_noop("The tip was registered"),
    "tip_handed_over": gettext_noop("The tip was handed over to another bureau"),
    "dispute_settled": gettext_noop("The dispute over jurisdiction was settled or laid before the superior"),
    "jurisdiction_named": gettext_noop("The superior named the bureau that acts"),
    "tip_joined_case": gettext_noop("The tip joined a case that was open"),
    "copy_reviewed": gettext_noop("The reviewed copy was made"),
    "verifiers_assigned": gettext_noop("Verifying officers were assigned"),
    "lead_verified": gettext_noop("The lead was verified"),
    "verification_sent_back": gettext_noop("The lead was sent back for more checks"),
    "filing_decided": gettext_noop("The decision on filing was made"),
    "answer_written": gettext_noop("The answer to the tipster was written"),
    "contact_used": gettext_noop("The tipster was notified by machine"),
    "acknowledgement_issued": gettext_noop("The tipster took a signed acknowledgement"),
    "tip_withdrawn": gettext_noop("The tipster withdrew the tip"),
    "tip_archived": gettext_noop("The tip's papers were put away"),
    "reward_declined": gettext_noop("The tipster wants no reward"),
    "reward_assessed": gettext_noop("The reward was assessed"),
    "reward_approval_decided": gettext_noop("The reward was decided on"),
    "identity_opened": gettext_noop("The identity was looked at"),
    "identity_checked": gettext_noop("The identity was checked"),
    "keys_rewrapped": gettext_noop("Keys of tips were wrapped under the current master keys"),
    "budget_entered": gettext_noop("A change of the reward budget was entered"),
    "budget_decided": gettext_noop("A change of the reward budget was decided on"),
    "budget_carried": gettext_noop("The promised part of the reward budget was carried into the next year"),
    "reward_paid": gettext_noop("The reward was paid"),
    "reward_scheme_named": gettext_noop("A reward scheme was named"),
    "reward_scheme_drafted": gettext_noop("A version of a reward scheme was drafted"),
    "reward_scheme_wanted": gettext_noop("A reward scheme was proposed for the bureau"),
    "reward_scheme_handed_in": gettext_noop("A draft of a reward scheme was handed in"),
    "reward_scheme_discarded": gettext_noop("A draft of a reward scheme was discarded"),
    "reward_scheme_sent_back": gettext_noop("A draft of a reward scheme was sent back"),
    "reward_scheme_approved": gettext_noop("A version of a reward scheme was approved"),
    "reward_scheme_assigned": gettext_noop("A reward scheme was assigned to the bureau"),
    "reward_scheme_taken_back": gettext_noop("An approved version of a reward scheme was taken back"),
    "reward_scheme_imported": gettext_noop("A reward scheme was imported as a draft"),
}


def register() -> None:
    """Make the words known to the timelines of casework."""
    ACTS.update(TIP_ACTS)
