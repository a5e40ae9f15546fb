"""The rows marked M of the seed documents on tips and rewards: each with the scenario that shows it.

A row says which feature of the product is switched off, and for which reason its scenario then fails.
"""

from dataclasses import dataclass

from tests.scenarios import switches
from tests.scenarios.switches import Switch

CHANNELS, SUPERVISORS = "20-tips-by-every-channel", "21-social-supervisors"
EXPLAINED, CAP, FLOW = "30-reward-rules-explained", "31-cap-before-2023", "32-referral-dispute-joining"
REGISTER, SEALED = "33-register-and-overdue-list", "34-identity-sealed-opened-purged"
PAID, ANSWERED = "35-reward-returned-and-paid-again", "36-both-answers"
BY_POST = "38-told-by-post-claimed-by-an-agent"
TWO_REWARDS = "43-two-tips-one-case-two-rewards"
GIVEN_BACK = "42-paid-then-given-back-by-the-bank"


@dataclass(frozen=True)
class Row:
    """One seed row, one scenario, one feature without which it fails, and the words in which it does."""

    seed: str
    scenario: str
    off: Switch
    reason: str

    def __str__(self) -> str:
        return f"{self.seed}-{self.off.__name__}"


ROWS = [
    Row("0.26", CHANNELS, switches.every_tip_counts_as_from_the_web, "channel is web, expected telephone"),
    Row("0.26", CHANNELS, switches.only_the_web_form_is_registered, "register of leader: numbers is"),
    Row("0.27", EXPLAINED, switches.the_public_page_knows_one_scheme, "reward_information does not say"),
    Row("0.28", SUPERVISORS, switches.supervisors_are_not_marked, "from_supervisor is False, expected True"),
    Row("0.28", SUPERVISORS, switches.nobody_counts_what_supervisors_report, "张监督 is few, expected 3"),
    Row("1.1", CAP, switches.the_newest_version_holds_for_all, "reward_information does not say"),
    Row("1.1", CAP, switches.the_day_of_assessment_counts, "amount is 160000.00, expected 100000.0"),
    Row("1.2", SUPERVISORS, switches.an_appointment_never_ends, "was not refused; expected form_refused"),
    Row("3.12", FLOW, switches.tips_stay_where_they_came, "jurisdiction"),
    Row("3.12", FLOW, switches.every_tip_is_a_case_of_its_own, "case_number"),
    Row("3.13", ANSWERED, switches.the_answer_is_not_sent, "zhou@example.org is 0, expected 1"),
    Row("3.13", ANSWERED, switches.the_outcome_is_not_told, "messages: count is 1, expected 2"),
    Row("3.14", REGISTER, switches.there_is_no_register, "register of intake: numbers is [], expected"),
    Row("3.14", REGISTER, switches.lateness_is_not_watched, "register of leader: numbers is"),
    Row("3.15", PAID, switches.a_reward_cannot_be_applied_for, "refused with reward_not_open"),
    Row("3.15", PAID, switches.one_approval_is_enough, "approvals is 1, expected 2"),
    Row("3.15", PAID, switches.payments_are_not_recorded, "paid is nothing, expected 1080.0"),
    Row("3.15", TWO_REWARDS, switches.only_the_first_tip_counts, "base is 54000.00, expected 30000.0"),
    Row("3.15", BY_POST, switches.an_answer_in_the_thread_counts_as_told, "does not ask for told_day"),
    Row("3.15", BY_POST, switches.a_posted_sentence_counts_as_told, "deliver_reward_notice"),
    Row("3.15", BY_POST, switches.who_records_a_claim_holds_no_duty, "confirm_identity"),
    Row("3.16", SEALED, switches.everybody_may_open_tips, "can open the tip_words, expected the opposite"),
    Row(
        "3.16",
        SEALED,
        switches.an_opening_needs_no_approval_and_never_ends,
        "was not refused; expected look_closed",
    ),
    Row("3.16", SEALED, switches.a_purge_destroys_nothing, "keys is kept, expected destroyed"),
    Row("3.30", CHANNELS, switches.new_media_are_no_channel, "form_refused: channel"),
    Row("4.10", PAID, switches.a_return_counts_as_paid, "state is paid, expected returned"),
    Row("4.10", PAID, switches.nothing_is_reserved, "promised is 0.00, expected 1080.0"),
    Row("4.10", GIVEN_BACK, switches.what_was_paid_never_comes_back, "were recorded; refused"),
    Row("4.10", PAID, switches.payment_has_no_period, "reward_payment is none, expected"),
]
