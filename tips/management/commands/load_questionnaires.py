"""Enters the questionnaires that come with the product."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tips.services.questionnaires import load_files, load_shipped
from workflows.command_output import AnswerCommand, Row
from workflows.now import now


class Command(AnswerCommand):
    """`manage.py load_questionnaires`; doing it again changes nothing."""

    help = gettext_lazy("Enter the national questionnaires of the product that are not there yet.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name further files."""
        super().add_arguments(parser)
        parser.add_argument("files", nargs="*", type=Path, help=_("further questionnaires as YAML"))

    def answer(self, options: dict[str, Any]) -> list[Row]:
        """Enter what is new."""
        return [
            Row("new", _("new questionnaires"), load_shipped(now()) + load_files(options["files"], now()))
        ]
