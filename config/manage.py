"""Entry of manage.py: finds out which embedded servers a command needs, and runs it with them."""

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import django
from django.core.management import BaseCommand, execute_from_command_line, get_commands, load_command_class

from config.embedded import servers
from config.env import SettingRefused

# Our own commands say it themselves: a class attribute `embedded_servers`, all of them by default.
NOTHING = frozenset(
    [
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "startapp",
        "version",
    ]
)
DATABASE_ONLY = frozenset(
    [
        "changepassword",
        "clearsessions",
        "createsuperuser",
        "dbshell",
        "dumpdata",
        "flush",
        "inspectdb",
        "loaddata",
        "makemigrations",
        "migrate",
        "optimizemigration",
        "remove_stale_contenttypes",
        "showmigrations",
        "sqlmigrate",
        "sqlsequencereset",
        "squashmigrations",
    ]
)


def main(argv: Sequence[str]) -> None:
    """Run one command; what the embedded servers were before, they are afterwards."""
    signal.signal(signal.SIGTERM, _leave_in_order)
    try:
        servers.settle_ports()
        with servers.ensured(_needed(argv)):
            execute_from_command_line(list(argv))
    except SettingRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(1)


def _needed(argv: Sequence[str]) -> tuple[str, ...]:
    name = argv[1] if len(argv) > 1 else "help"
    if name in NOTHING or name.startswith("-") or {"-h", "--help", "--version"} & set(argv):
        return ()
    if name in DATABASE_ONLY:
        return ("postgresql",)
    django.setup()
    command = _command(name)
    return tuple(getattr(command, "embedded_servers", servers.ALL)) if command else ()


def _command(name: str) -> BaseCommand | None:
    """The command, or None for a name that Django will complain about."""
    app = get_commands().get(name)
    if app is None:  # an unknown name: nothing is started for it
        return None
    return app if isinstance(app, BaseCommand) else load_command_class(app, name)


def _leave_in_order(*_: object) -> NoReturn:
    """End like an ordinary exit, so that servers started for this command are stopped."""
    raise SystemExit(128 + signal.SIGTERM)


def default_settings() -> None:
    """One machine unless the environment says otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
