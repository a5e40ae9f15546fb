"""Print the lawful range of a fine from the command line."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.rules.money import Money
from casework.rules.penalty_range import PenaltyRange, penalty_range
from workflows.command_output import AnswerCommand, Row, in_language
from workflows.now import now
from workflows.rules.calendar import civil_date
from workflows.rules.written import read_day


class Command(AnswerCommand):
    """Print lowest and highest fine, what else follows, and the source."""

    help = gettext_lazy("Print the lowest and highest fine for an article, a party and a loss.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the article, the party, the loss and the day of the conduct."""
        super().add_arguments(parser)
        parser.add_argument("--article", required=True, metavar="N", help=_("e.g. 38, 41.1, 41(2), SIL 88"))
        parser.add_argument("--party", required=True, metavar="KIND", help=_("provider, agency or person"))
        parser.add_argument("--loss", required=True, metavar="YUAN", help=_("loss or fraud amount"))
        parser.add_argument("--on", metavar="DATE", help=_("day of the conduct; today without it"))

    def answer(self, options: dict[str, Any]) -> list[Row]:
        """Compute the range."""
        on = read_day(options["on"]) if options["on"] else civil_date(now())
        loss = Money.parse(str(options["loss"]))
        found = penalty_range(str(options["article"]), options["party"], loss, on=on)
        return [Row("on", _("conduct on"), on), *_rows(found)]


def _rows(found: PenaltyRange) -> list[Row]:
    return [
        Row("article", _("article"), found.article),
        Row("party", _("party"), found.party),
        Row("conduct", _("conduct"), in_language(found.conduct, found.conduct_zh)),
        Row("loss", _("loss"), found.loss),
        Row("recovery", _("return to the fund"), found.recovery),
        Row("has_fine", _("has a fine"), found.has_fine),
        Row("fine_min", _("lowest fine"), found.fine_min),
        Row("fine_max", _("highest fine"), found.fine_max),
        Row("condition", _("condition"), in_language(found.condition, found.condition_zh)),
        Row("further", _("further measures"), found.further),
        Row("source", _("source"), found.source),
        Row("act", _("act"), found.act_name),
        Row("mark", _("mark"), str(found.mark)),
        Row("notes", _("note"), found.notes),
        Row("warnings", _("warning"), found.warnings),
    ]
