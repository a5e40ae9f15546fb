"""Refusals around a claim: its PIN, and its payees."""

from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal


class PinNeeded(Refusal):
    """An anonymous claim needs a PIN, and none was chosen yet."""

    code = "pin_needed"
    text = _("Choose a PIN first: an anonymous reward is paid only to somebody who has the code and the PIN.")
    status = 409


class PinChosen(Refusal):
    """A PIN stands already; changing it needs the old one."""

    code = "pin_chosen"
    text = _("A PIN was chosen already. To change it, give the present one too.")
    status = 409


class NoPinHere(Refusal):
    """A PIN means something for an anonymous report with a wish for a reward alone."""

    code = "no_pin_here"
    text = _("This report needs no PIN.")
    status = 409


class WrongPin(Refusal):
    """One answer for every PIN that does not open."""

    code = "wrong_pin"
    text = _("This PIN is not right. Nothing was done. With every wrong PIN the next one takes longer.")
    status = 422


class NoNamedClaim(Refusal):
    """One answer for unknown claim numbers, those of other bureaus and those of anonymous reports."""

    code = "no_named_claim"
    text = _("No reward of a report with a name has this claim number here.")
    status = 422


class NotTheTipster(Refusal):
    """Somebody claims at the bureau under a name that nobody reported under."""

    code = "not_the_tipster"
    text = _("The report of this claim number was not made under this name. Nothing was recorded.")
    status = 422


class OtherPerson(Refusal):
    """Without a PIN only whoever proved who they are may claim, in their own name."""

    code = "other_person"
    text = _(
        "This claim is not in the name of the person who came to the bureau. Name and identity number must be those "
        "that were shown there."
    )
    status = 422


class PayeesMissing(Refusal):
    """Under joint names a claim names a payee for each person who was not paid yet."""

    code = "payees_missing"
    text = _("Name an account for each person of the report who was not paid yet, and for nobody else.")
    status = 422


class NoSuchClaim(Refusal):
    """One answer for unknown claim numbers, those of other bureaus, and rewards that wait for nobody."""

    code = "no_such_claim"
    text = _("No anonymous reward with this claim number waits to be claimed here.")
    status = 422


class WaivedAlready(Refusal):
    """One open waiver at a time."""

    code = "waived_already"
    text = _("A claim without a PIN is open for this number already.")
