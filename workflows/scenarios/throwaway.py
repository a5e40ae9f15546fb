"""A database that lives for one run of the command: migrated once, copied for every scenario."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection


@contextmanager
def throwaway_databases() -> Iterator["Copies"]:
    """Make a migrated database with the published models, hand out copies, remove all of them."""
    original = connection.settings_dict["NAME"]
    name = f"scenario_{os.getpid()}"
    copies = Copies(original, name)
    copies.create(name, template=None)
    try:
        copies.use(name)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("publish_models", verbosity=0)
        yield copies
    finally:
        copies.use(original)
        copies.drop_all()


class Copies:
    """Databases of this process; `fresh()` switches to a new copy of the prepared one."""

    def __init__(self, original: str, prepared: str) -> None:
        self._original = original
        self._prepared = prepared
        self._made: list[str] = []

    def fresh(self) -> None:
        """Use a new copy from now on."""
        name = f"{self._prepared}_{len(self._made)}"
        self.create(name, template=self._prepared)
        self.use(name)

    def create(self, name: str, *, template: str | None) -> None:
        """Create a database, as a copy where a template is given."""
        self.use(self._original)
        clause = f' TEMPLATE "{template}"' if template else " TEMPLATE template0"
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"{clause}')
        self._made.append(name)

    def use(self, name: str) -> None:
        """Point this process's connection at a database."""
        connection.close()
        if getattr(connection, "pool", None) is not None:
            connection.close_pool()
        connection.settings_dict["NAME"] = name

    def drop_all(self) -> None:
        """Remove everything that was made."""
        with connection.cursor() as cursor:
            for name in self._made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
