"""Import reward schemes from YAML or CSV as drafts."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.errors import NotFound
from casework.models import Account
from tips.schemes.exchange import UnreadableFile, read_schemes
from tips.services.import_schemes import import_schemes
from workflows.errors import Refusal, Repeated
from workflows.now import now


class Command(BaseCommand):
    """Makes a draft of each version that the database does not have; somebody else approves it on its page."""

    help = "Import reward schemes (YAML or CSV) as drafts of an official; another person approves them."

    def add_arguments(self, parser: CommandParser) -> None:
        """File and person."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="official in whose name they are drafted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import all of the file or nothing."""
        path = Path(options["file"])
        actor = Account.objects.filter(username=options["by"], bureau__isnull=False).first()
        if actor is None:
            raise CommandError(_("There is no official of a bureau with this user name."))
        try:
            text = path.read_text(encoding="utf-8")
            rows = read_schemes(text, is_csv=path.suffix.lower() == ".csv")
            digest = hashlib.sha256(text.encode()).hexdigest()
            once = f"import-schemes:{actor.pk}:{digest}:{now():%Y%m%d%H%M%S%f}"
            made = import_schemes(rows, actor=actor, once=once, now=now())
        except NotFound as error:
            raise CommandError(_("This official does not draft reward schemes.")) from error
        except (OSError, UnicodeDecodeError, UnreadableFile, Refusal, Repeated) as error:
            raise CommandError(f"{path.name}: {error}") from error
        for one in made:
            word = _("already in force or approved") if one.draft is None else _("draft %s") % one.draft.pk
            self.stdout.write(f"{one.key} {one.first_day}: {word}")
