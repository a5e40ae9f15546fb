"""Compute a tipster's reward from the command line, with its working."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.rules.money import Money
from tips.rules.reward import Quote, quote, scheme_named
from tips.rules.scheme_data import Scheme
from tips.rules.scheme_file import load_schemes
from tips.schemes.in_force import stored_schemes
from workflows.command_output import AnswerCommand, Row, in_language
from workflows.rules.texts import Refused, gettext_noop, text
from workflows.rules.written import read_day


class Command(AnswerCommand):
    """Print the reward that a scheme gives, its working and its source."""

    help = gettext_lazy("Print the reward for a tip by a scheme, with the working and the source.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the scheme and the facts of the tip."""
        super().add_arguments(parser)
        parser.add_argument(
            "--scheme", required=True, metavar="KEY", help=_("key of the scheme, e.g. sichuan")
        )
        parser.add_argument("--base", required=True, metavar="YUAN", help=_("fund loss recovered by the tip"))
        parser.add_argument("--target", metavar="KIND", help=_("organisation or person"))
        parser.add_argument("--level", metavar="N", help=_("level of the tip, 1 is best"))
        parser.add_argument("--insider", action="store_true", help=_("the tipster works or worked there"))
        parser.add_argument("--received", metavar="DATE", help=_("day on which the tip was received"))

    def answer(self, options: dict[str, Any]) -> list[Row]:
        """Compute the reward."""
        received = options["received"]
        schemes, origin = _schemes()
        found = quote(
            scheme_named(options["scheme"], schemes),
            Money.parse(str(options["base"])),
            target=options["target"],
            level=_level(options["level"]),
            insider=options["insider"],
            received=read_day(received) if received else None,
        )
        return [*_rows(found), Row("schemes", _("schemes"), origin)]


def _schemes() -> tuple[Mapping[str, Scheme], str]:
    """The schemes in force in the database; without one at hand, those of the product, which the answer says."""
    try:
        stored = stored_schemes()
    except DatabaseError:
        stored = {}
    if stored:
        return stored, _("in force in the database")
    return load_schemes(), _("as delivered with the product: no database with schemes at hand")


def _rows(found: Quote) -> list[Row]:
    return [
        Row("scheme", _("scheme"), found.scheme),
        Row("title", _("title"), in_language(found.title, found.title_zh)),
        Row("base", _("base amount"), found.base),
        Row("amount", _("amount"), found.amount),
        Row("working", _("working"), found.working),
        Row("source", _("source"), found.source),
        Row("mark", _("mark"), str(found.mark)),
        Row("received", _("tip received"), found.received),
        Row("in_force_from", _("in force from"), found.in_force_from),
        Row("in_force_to", _("in force to"), found.in_force_to),
        Row("notes", _("note"), found.notes),
    ]


def _level(written: Any) -> int | None:
    if written is None:
        return None
    plain = str(written).strip()
    if plain.isascii() and plain.isdigit():
        return int(plain)
    template = gettext_noop("“%(written)s” is not a level; give a whole number such as 2.")
    raise Refused("bad_level", text(template, written=written))
