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
