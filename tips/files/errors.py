"""Refusals around files on their way to a tip and into the case."""

from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal


class FilesOnTheirWay(Refusal):
    """A tip taken in for somebody has all its files or is not taken in yet; `count` are missing in part."""

    code = "files_on_their_way"
    text = _(
        "Files that have not arrived completely: %(count)s. Choose them again to go on, or remove them. Nothing was "
        "taken in yet."
    )
    status = 422


class CaseIsOver(Refusal):
    """What comes after the case was concluded stays with the tip."""

    code = "case_is_over"
    text = _("There is no open case that this could follow into. It stays with the report.")


class HandedOnAlready(Refusal):
    """Somebody else was quicker, or the page was old."""

    code = "handed_on_already"
    text = _(
        "One of these files is in the case already or was refused. Nothing was handed on; load the page again."
    )
