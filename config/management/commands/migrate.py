"""`migrate` as the owner of the tables; afterwards the application has its rights on every table there is."""

from typing import Any

from django.core.management.commands import migrate

from workflows.database_roles import as_owner, give_rights


class Command(migrate.Command):
    """Django's command under the owner's login (DATABASE_OWNER_URL)."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Check and migrate as the owner.

        Raises: OwnerNotNamed.
        """
        with as_owner():
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then give the rights."""
        super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"]:
            give_rights()
