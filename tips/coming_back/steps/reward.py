"""Words for the steps of a reward."""

from django.utils.translation import gettext_lazy as _

from tips.coming_back.steps.step import PublicStep, each

ASSESSED = PublicStep(
    _("being assessed"),
    _("An officer checks whether the conditions of a reward are met and how much it is."),
    _("Two people then decide one after the other. You read the result here."),
    "open",
)
APPROVED_SOON = PublicStep(
    _("being decided"),
    _("The reward was assessed. Two people decide on it one after the other."),
    _("You read the result here."),
    "open",
)
REFUSED = PublicStep(
    _("not granted"),
    _("No reward can be granted. The reasons are in the messages below."),
    _("Write to the bureau below if you think that this is wrong."),
    "refused",
)
TO_CLAIM = PublicStep(
    _("approved: please claim it"),
    _("The reward has been approved. It is paid only to somebody who claims it."),
    _("Claim it in time; later it counts as given up."),
)
LAPSED = PublicStep(
    _("not claimed in time"),
    _("The period for claiming is over; the reward counts as given up."),
    "",
    "void",
)
ANOTHER_ACCOUNT = PublicStep(
    _("the bank sent the money back"),
    _("The bank could not credit the account that you named. The money is kept for you."),
    _("Name another account in time; later it counts as given up."),
)
CHECKED = PublicStep(
    _("claimed: being checked and paid"),
    _("An officer outside the case checks that the claim is yours. The officers of the case do not see it."),
    _("Then the money is transferred to the account that you named."),
)
GIVEN_UP = PublicStep(_("given up"), _("You gave up the reward."), "", "void")
STOPPED = PublicStep(
    _("ended"),
    _("The handling of this reward was ended by a decision of the bureau."),
    _("Write to the bureau below if you want to know more."),
    "void",
)
PAID = PublicStep(_("paid"), _("The money was transferred to the account that you named."), "", "done")

REWARD = {
    **each(ASSESSED, "assess_reward", "assessment_given_up"),
    **each(
        APPROVED_SOON,
        "approve_reward",
        "approval_given_up",
        "discuss_reward",
        "discussion_given_up",
        "approve_reward_again",
        "second_approval_given_up",
        "notify_reward",
    ),
    **each(
        TO_CLAIM,
        "deliver_reward_notice",
        "notice_given_up",
        "await_claim",
        "claim_period_over",
        "reward_given_up",
    ),
    **each(
        CHECKED,
        "claimed_before_notice",
        "confirm_identity",
        "claimed_given_up",
        "order_payment",
        "payment_given_up",
        "release_payment",
        "pay_reward",
    ),
    **each(ANOTHER_ACCOUNT, "tell_returned", "await_payee", "payee_period_over", "payee_given_up"),
    **each(LAPSED, "lapse_reward", "lapse_returned"),
    **each(REFUSED, "tell_not_eligible", "tell_identity_refused"),
    **each(PAID, "tell_paid"),
}
