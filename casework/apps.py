"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers roles, legal periods, operations and task pages with the engine."""

    name = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from casework import journal_effects, legal_periods, operations, scenario, task_pages  # noqa: F401
        from casework.permissions import DUTIES, ROLES, Role, superior_unit
        from workflows import registry

        legal_periods.register()
        registry.register_assigning_lanes((Role.LEADER, Role.CHIEF))
        registry.register_roles({str(role): label for role, label in ROLES.items()}, DUTIES)
        registry.register_unit(str(Role.PROVINCE_OFFICER), superior_unit)
