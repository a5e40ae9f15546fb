"""`flush` as the owner of the tables: the application may not empty its journal."""

from typing import Any

from django.core.management.commands import flush

from workflows.database_roles import as_owner


class Command(flush.Command):
    """Django's command under the owner's login (DATABASE_OWNER_URL)."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Empty every table.

        Raises: OwnerNotNamed.
        """
        with as_owner():
            return super().execute(*args, **options)
