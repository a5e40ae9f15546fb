"""Surroundings that live for one run of the command: a database copied for every scenario, a bucket, no mail."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection

from workflows.database_roles import as_owner

BUCKET_END = "-scenarios"
_numbers = count()
NO_MAIL = "django.core.mail.backends.locmem.EmailBackend"


@contextmanager
def throwaway_databases() -> Iterator["Copies"]:
    """Make a migrated database with the published models, hand out copies, remove all of them.

    The owner of the tables makes and removes them, the application uses them. Files go into a bucket of their own,
    since what is under lock cannot be removed; mails stay in memory.

    Raises: OwnerNotNamed.
    """
    original = connection.settings_dict["NAME"]
    # Numbered: one may stand while another is made in the same process.
    name = f"scenario_{os.getpid()}_{next(_numbers)}"
    copies = Copies(original, name)
    bucket = replace(settings.OBJECT_STORE, bucket=f"{settings.OBJECT_STORE.bucket}{BUCKET_END}")
    with ExitStack() as undo:
        undo.enter_context(changed("OBJECT_STORE", bucket))
        undo.enter_context(without_mail())
        undo.callback(copies.drop_all)
        undo.callback(copies.use, original)
        copies.create(name, template=None)
        copies.use(name)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("publish_models", verbosity=0)
        yield copies


@contextmanager
def without_mail() -> Iterator[None]:
    """Keep mails in `django.core.mail.outbox`: nobody outside hears of a play."""
    mail.outbox = []
    with changed("EMAIL_BACKEND", NO_MAIL):
        yield


@contextmanager
def changed(name: str, value: Any) -> Iterator[None]:
    """A setting with another value for a while."""
    before = getattr(settings, name)
    setattr(settings, name, value)
    try:
        yield
    finally:
        setattr(settings, name, before)


class Copies:
    """Databases of this process; `fresh()` switches to a new copy of the prepared one."""

    def __init__(self, original: str, prepared: str) -> None:
        self._original = original
        self._prepared = prepared
        self._made: list[str] = []

    def fresh(self) -> None:
        """Use a new copy from now on, with an empty letterbox."""
        mail.outbox = []
        name = f"{self._prepared}_{len(self._made)}"
        self.create(name, template=self._prepared)
        self.use(name)

    def create(self, name: str, *, template: str | None) -> None:
        """Create a database, as a copy where a template is given.

        Raises: OwnerNotNamed.
        """
        self.use(self._original)
        clause = f' TEMPLATE "{template}"' if template else " TEMPLATE template0"
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"{clause}')
        self._made.append(name)

    def use(self, name: str) -> None:
        """Point this process's connection at a database."""
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
        connection.settings_dict["NAME"] = name

    def drop_all(self) -> None:
        """Remove everything that was made."""
        with as_owner(), connection.cursor() as cursor:
            for name in self._made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
