"""Refusals of casework."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal


class NotFound(Refusal):
    """For outsiders a protected thing does not exist."""

    code = "not_found"
    text = _("This page does not exist, or it is not for you.")
    status = 404


class FormRefused(Refusal):
    """The entries of a task do not fit; `errors` maps fields to sentences."""

    code = "form_refused"
    text = _("Please mend the entries that are marked.")
    status = 422

    def __init__(self, form: Any) -> None:
        super().__init__()
        self.form = form

    def __str__(self) -> str:
        lines = [f"{name}: {' '.join(map(str, texts))}" for name, texts in self.form.errors.items()]
        return "; ".join(lines)


class StoreDown(Refusal):
    """The object store does not answer."""

    code = "store_down"
    text = _("The file store does not answer at the moment. Please try again later; nothing was lost.")
    status = 503


class ObjectMissing(Refusal):
    """The store has no such object."""

    code = "object_missing"
    text = _("The file did not arrive in the store. Please send it again.")
    status = 409


class ObjectLocked(Refusal):
    """The store keeps the object until the end of its retention."""

    code = "object_locked"
    text = _("This file is kept under lock and can be neither deleted nor changed.")
    status = 409


class BeingPrepared(Refusal):
    """The document is issued, its PDF is not yet in the store."""

    code = "being_prepared"
    text = _("The document %(number)s is being prepared. Please try again in a moment.")
    status = 409


class NotSealedYet(Refusal):
    """The entry of the journal waits for the sealer."""

    code = "not_sealed_yet"
    text = _("This entry is not sealed yet. Please try again in a few seconds.")


class EvidenceRefused(Refusal):
    """A file that cannot become evidence; the text says why and how to mend it."""

    code = "evidence_refused"
    status = 422

    def __init__(self, text: Any, **fields: Any) -> None:
        super().__init__(**fields)
        self.text = text


class OfficersRefused(Refusal):
    """These officers may not act together in the case (PP 16, APL 42)."""

    code = "officers_refused"
    status = 422

    def __init__(self, reasons: list[str]) -> None:
        super().__init__()
        self.text = " ".join(reasons)


class InvestigationIncomplete(Refusal):
    """The investigation cannot be closed yet (PP 36)."""

    code = "investigation_incomplete"
    status = 422

    def __init__(self, text: Any) -> None:
        super().__init__()
        self.text = text


class AlreadyBooked(Refusal):
    """A thing is booked once."""

    code = "already_booked"
    text = _("This was booked before (%(key)s). Nothing was booked twice.")


class MayNotClose(Refusal):
    """A gate of closing does not hold (PP 56–57, JS19 pt 9)."""

    code = "may_not_close"

    def __init__(self, reasons: list[str]) -> None:
        super().__init__()
        self.reasons = reasons
        self.text = _("The case cannot be closed yet: %(reasons)s")
        self.fields = {"reasons": " ".join(reasons)}
