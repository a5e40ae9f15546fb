"""System checks of the house; `migrate` and `check --database default` run those on the database."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from tips.models import TipKey
from tips.sealing.key_counts import missing_keys
from workflows.database_roles import append_only_tables, wrongly_held


@register(Tags.database)
def no_demo_accounts_in_production(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Demo accounts have passwords that everybody can read; a site without the demo factor must have none."""
    accounts = get_user_model()
    table = accounts._meta.db_table
    if settings.DEMO_SECOND_FACTOR or "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        if table not in connections["default"].introspection.table_names(cursor):
            return []
    if not accounts._default_manager.filter(is_demo=True, is_active=True).exists():
        return []
    return [
        Error(
            "The database holds demo accounts, whose passwords are public.",
            hint="Use a fresh database, or set is_active to false on every account with is_demo.",
            id="house.E001",
        )
    ]


@register(Tags.database)
def the_application_cannot_alter_its_journal(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """The application's role may own nothing and holds no right to alter rows that are only added."""
    if "default" not in (databases or ()):
        return []
    held = wrongly_held(append_only_tables())
    if not held:
        return []
    role = settings.DATABASE_APPLICATION["USER"]
    rights = "; ".join(f"{', '.join(rights)} on {table}" for table, rights in held.items())
    return [
        Error(
            f"The role {role} of the application could alter rows that are only added: {rights}.",
            hint="Give the application a role that owns nothing: docs/how-to/separate-database-roles.md.",
            id="house.E002",
        )
    ]


@register(Tags.database)
def every_master_key_is_there(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """A master key that was taken out of the settings too early closes tips: better not to start."""
    if "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        if TipKey._meta.db_table not in connections["default"].introspection.table_names(cursor):
            return []
    return [
        Error(
            f"{held.keys} tips need the {held.purpose} key {held.key}, which the settings do not hold.",
            hint="Put it back among the earlier keys and run rotate_keys: docs/how-to/rotate-keys.md.",
            id="house.E003",
        )
        for held in missing_keys()
    ]
