"""Refusals of tips and rewards."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal


class CutOff(Refusal):
    """The form arrived incomplete, as when a connection breaks; nothing was made of it."""

    code = "cut_off"
    text = _(
        "Your report did not arrive completely, probably because the connection broke. Nothing was filed. "
        "What you typed is still here: choose your files again and send once more."
    )
    status = 422


class WaitFirst(Refusal):
    """Without a calculation by the browser a little patience is asked; `effort` and `ticket` as far as they apply."""

    code = "wait_first"
    text = _(
        "To keep robots out, this takes a moment: please press the button again in %(seconds)s seconds. "
        "What you typed is still here."
    )
    status = 429


class Crowded(Refusal):
    """More reports a minute than the house takes in."""

    code = "crowded"
    text = _(
        "Very many reports are coming in at this moment. What you typed is still here: please send it "
        "again in a minute."
    )
    status = 429


class LookUpDown(Refusal):
    """The store of sessions does not answer: nobody is let in without limits."""

    code = "look_up_down"
    text = _("Reports cannot be looked up at the moment. Please try again later; your report is safe.")
    status = 503


class UnknownReceipt(Refusal):
    """One neutral answer for a code that no report has."""

    code = "unknown_receipt"
    text = _("No report was found with this code. Please compare it with your receipt.")
    status = 404


class TooManyRows(Refusal):
    """A table file of the register would be too large for one answer."""

    code = "too_many_rows"
    text = _("More than %(most)s rows fit. Choose a shorter time or another filter.")
    status = 422


class NotAlike(Refusal):
    """Only suggested pairs are judged."""

    code = "not_alike"
    text = _("The other tip is none of those that may be about the same matter.")
    status = 422


class WrongReferral(Refusal):
    """The tip cannot go where it was sent: not in this way, or not to this bureau."""

    code = "wrong_referral"
    text = _(
        "The tip cannot go there. What came up from below goes down only, a bureau that got it from a neighbour may "
        "only dispute its jurisdiction, and what the superior handed down or named is not passed on "
        "(PP 10; TH 9–11)."
    )
    status = 422


class CaseNotOpen(Refusal):
    """A tip joins only a case of its own bureau whose decision can still be told."""

    code = "case_not_open"
    text = _(
        "This tip cannot join that case: the case belongs to another bureau or is concluded already. Look at "
        "the case again and decide anew."
    )


class NotEnoughOfficers(Refusal):
    """Verification and handling need at least two certified officers without interest (PP 14, 16)."""

    code = "officers_refused"
    text = _("%(reasons)s")
    status = 422


class RewardNotOpen(Refusal):
    """The reward is not in the state in which it can be claimed or given up."""

    code = "reward_not_open"
    text = _("The reward cannot be claimed at the moment.")


class PayoutExists(Refusal):
    """A reward is paid once."""

    code = "payout_exists"
    text = _("This reward was paid already.")


class NotPaid(Refusal):
    """Only what counts as paid can come back."""

    code = "not_paid"
    text = _("This payment is not recorded as paid. Nothing was booked; load the page again.")


class NotReleased(Refusal):
    """The bank cannot have paid what it was not given."""

    code = "not_released"
    text = _("Payment %(reference)s: its batch was not released in full. Release all of its lines first.")


class RequestClosed(Refusal):
    """The request was answered or taken back while somebody wrote."""

    code = "request_closed"
    text = _("This is no longer asked of you: it was answered already, or the bureau took its request back.")


class Destroyed(Refusal):
    """The keys of the tip were destroyed when it was purged: nobody can open what they sealed."""

    code = "destroyed"
    text = _("The sealed content of this tip was destroyed; nobody can open it any more.")
    status = 410


class BudgetShort(Refusal):
    """The reward budget of the year has less than the reward needs."""

    code = "budget_short"
    text = _(
        "The reward budget of %(year)s has %(free)s free; this reward needs %(amount)s. Ask finance to enter a "
        "supplementary appropriation and the chief to approve it, then approve the reward again."
    )


class BatchReleased(Refusal):
    """Nothing is added to a batch that was released or sent back."""

    code = "batch_released"
    text = _("The batch %(number)s was released or sent back already. Put the payment into a new one.")


class NoBankFile(Refusal):
    """There is a file only after the release."""

    code = "no_bank_file"
    text = _("There is no file yet: another person of finance has to release the batch first.")


class BankFileChanged(Refusal):
    """The file would not be the one that was released."""

    code = "bank_file_changed"
    text = _(
        "The file is no longer the one that was made at first (checksum %(sha256)s). Do not send it; tell the auditor."
    )


class PayeeUnfit(Refusal):
    """A payee's details would be run as a formula, or break the lines of the file."""

    code = "payee_unfit"
    text = _(
        "No file was made. %(reasons)s Record this payment as returned, so that the payee states the account anew, "
        "and the others of the batch without a file."
    )


class BudgetUsed(Refusal):
    """A cut would take money that is promised already."""

    code = "budget_used"
    text = _("Only %(free)s of the budget of %(year)s is free: a cut cannot take what is promised or paid.")


class YearClosed(Refusal):
    """The budget of a year that went over into the next one does not change."""

    code = "year_closed"
    text = _("The budget of %(year)s was carried over into the next year and does not change any more.")


class OutcomeWaits(Refusal):
    """One outcome of a case at a time."""

    code = "outcome_waits"
    text = _("An outcome that was entered earlier still waits to be confirmed. It is decided on first.")


class PaymentUnderWay(Refusal):
    """What is due can be told when the bank has answered, or the order was sent back; in the rule's words."""

    code = "payment_under_way"
    text = _("%(reasons)s")


class RiseShort(Refusal):
    """The budget of the year cannot carry what a confirmed outcome adds to a reward."""

    code = "rise_short"
    text = _(
        "The reward budget of %(year)s has %(free)s free, which does not cover the rise of the reward to %(amount)s. "
        "Ask finance to enter a supplementary appropriation and the chief to approve it, then confirm the outcome."
    )


class AmountChecked(Refusal):
    """Nothing goes to the bank while an outcome waits; finance learns nothing of the case."""

    code = "amount_checked"
    text = _(
        "The amount of this reward is being checked again, so nothing is paid now. A payment that was drawn up can be "
        "sent back; it is drawn up anew when the amount stands."
    )


class NothingDue(Refusal):
    """The reward came to nothing, or was paid in full."""

    code = "nothing_due"
    text = _("Nothing is to be paid of this reward. Ask the reward officer to look at it.")


class AssessAnew(Refusal):
    """The sheet rests on an amount that an outcome has changed since."""

    code = "assess_anew"
    text = _(
        "The base of this reward changed after it was assessed. Send it back, so that it is assessed from the new one."
    )


class OwnEntry(Refusal):
    """Whoever entered something does not decide on it."""

    code = "own_entry"
    text = _("You entered this yourself. Another person has to decide on it (separation of duties).")


class NotYourDraft(Refusal):
    """A draft belongs to one person, so that every other one may approve it."""

    code = "not_your_draft"
    text = _("Only the person who drafted this may change it or hand it in.")
    status = 403


class NoIdentity(Refusal):
    """An anonymous tip has no identity to open."""

    code = "no_identity"
    text = _("There is no identity to open: the tip is anonymous. Write to the tipster through the system.")


class AskedAlready(Refusal):
    """One request of a person about a tip at a time."""

    code = "asked_already"
    text = _("You asked already: wait for the decision, or use or end the opening that you have.")


class ChiefDecides(Refusal):
    """Whoever decides last over openings has nobody who could approve an own one."""

    code = "chief_decides"
    text = _(
        "You decide on the requests of leaders, and nobody could decide on yours. Let somebody who works on the "
        "tip ask."
    )
    status = 403


class LookClosed(Refusal):
    """The identity is not, or no longer, open to the asker."""

    code = "look_closed"
    text = _("The identity is closed: the opening has ended or expired. Ask again if you still need it.")
    status = 403


class TipWentOn(Refusal):
    """The bureau that asked for a look has the tip no longer."""

    code = "tip_went_on"
    text = _("The tip went to another bureau after this was asked: the request can only be refused.")


class PurgeRunning(Refusal):
    """One proposal at a time."""

    code = "purge_running"
    text = _("A proposal to destroy the content of this tip is under way already.")


class PurgeRefused(Refusal):
    """Something stands in the way of a purge, or it is decided already."""

    code = "purge_refused"
    text = _("This cannot be done now. %(reasons)s")


class HoldStands(Refusal):
    """One hold at a time."""

    code = "hold_stands"
    text = _("A legal hold stands on this tip already.")


class NoHold(Refusal):
    """There is nothing to lift."""

    code = "no_hold"
    text = _("No legal hold stands on this tip.")


class UploadGone(Refusal):
    """There is no such upload for this browser: finished, given up, run out or somebody else's."""

    code = "upload_gone"
    text = _("This upload is no longer there. Choose the file again.")
    status = 404


class UploadRefused(Refusal):
    """The file may not be sent: too large, empty, too many, of a kind that is not accepted."""

    code = "upload_refused"
    status = 422

    def __init__(self, text: Any, status: int = 422, **fields: Any) -> None:
        super().__init__(**fields)
        self.text = text
        self.status = status


class WrongPlace(Refusal):
    """The part does not follow on what has arrived, as when an answer was lost: ask for the place and go on."""

    code = "wrong_place"
    text = _("This part of the file does not follow on what has arrived.")
    status = 409


class BeingSent(Refusal):
    """Another tab sends the same file at this moment."""

    code = "being_sent"
    text = _("This file is being sent already, perhaps in another window.")
    status = 423


class NothingToReexamine(Refusal):
    """No decision stands against the tipster's wish, or it was looked at again before."""

    code = "nothing_to_reexamine"
    text = _("There is no decision that can be looked at again now.")


class StillOpen(Refusal):
    """A decision whose own process has not ended cannot be made anew yet."""

    code = "still_open"
    text = _("The papers of the decision are not put away yet; set it aside after that, or keep it.")


class NoticeDayWrong(Refusal):
    """A day on which the notice cannot have been received."""

    code = "notice_day_wrong"
    text = _("The day must not lie before the approval (%(day)s) and not in the future.")
    status = 422
