"""The tips app."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class TipsConfig(AppConfig):
    """Registers the app with Django, and with the engine what models may call and show."""

    name = "tips"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make operations, claim hooks and task pages known."""
        from casework.leads import register_lead_rows, register_leads
        from casework.permissions import Role
        from enforcement.recovery import register_recovery_listener
        from tips import clock_door, permissions, scenario, task_pages, tip_faces  # noqa: F401
        from tips.operations import handling, purging, reexamination, register  # noqa: F401
        from tips.register import entries
        from tips.rewards.credits import leads, rows
        from workflows import registry

        tip_faces.register()
        clock_door.register()
        register_leads(leads)
        register_lead_rows(rows)
        register_recovery_listener(handling.open_reward_on_recovery)
        registry.register_unit(str(Role.PROVINCE_OFFICER), entries.naming_unit)
        post_migrate.connect(_store_schemes, sender=self)


def _store_schemes(**facts: Any) -> None:
    """After each migration the database has the reward schemes that come with the product.

    Not while it stands at an older state of the app, which has no table for them.
    """
    from tips.models import RewardSchemeVersion
    from tips.schemes.in_force import store_missing
    from workflows.now import now

    try:
        models = facts.get("apps", apps).get_app_config("tips").get_models()
    except LookupError:
        return
    if any(model._meta.db_table == RewardSchemeVersion._meta.db_table for model in models):
        store_missing(now())
