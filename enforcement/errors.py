"""Refusals of enforcement: safeguards that no path may skip."""

from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal


class HeavierThanNotice(Refusal):
    """No heavier penalty because of a statement, defence or hearing (PP 41, APL 45)."""

    code = "heavier_than_notice"
    text = _(
        "The fine of ¥%(fine)s is heavier than the ¥%(noticed)s of the notice. A statement or hearing may not "
        "make the penalty heavier (APL 45); changed facts need a new notice."
    )


class OutsideBand(Refusal):
    """The fine lies outside what the article allows."""

    code = "outside_band"
    text = _(
        "The fine of ¥%(fine)s lies outside the range of ¥%(least)s to ¥%(most)s under %(source)s. Going below it "
        "needs a written ground of mitigation; going above it is not possible."
    )


class NoticeMissing(Refusal):
    """No decision before a notice was served (PP 41)."""

    code = "notice_missing"
    text = _("No notice of the intended penalty was served on the party; a decision is not possible (PP 41).")


class ReviewMissing(Refusal):
    """No review or review not passed: no decision (PP 37, APL 58)."""

    code = "review_missing"
    text = _("The legal review has not passed; a decision is not possible (PP 37, APL 58).")


class GateShut(Refusal):
    """A gate of the procedure forbids the penalty; the text names every one that is shut."""

    code = "gate_shut"
    text = _("No penalty can be imposed yet. %(reasons)s")


class TooEarly(Refusal):
    """A day lies before the law allows it."""

    code = "too_early"
    text = _(
        "The hearing must be at least seven working days after the party is notified: not before %(day)s (APL 64)."
    )


class TooMuch(Refusal):
    """More money than is due."""

    code = "too_much"
    text = _("Only ¥%(open)s is still open for this; ¥%(amount)s cannot be booked.")


class VoucherUsed(Refusal):
    """A bank voucher is booked once."""

    code = "voucher_used"
    text = _("The bank voucher %(voucher)s is booked already.")
