"""Fills the database of the house: migrated, models published, people who can sign in, the register."""

import django
from django.core.management import call_command


def main() -> None:
    """Make everything that people find on their first day."""
    django.setup()
    from casework.models import Bureau
    from config.demo_bureau.institutions import make_institutions
    from config.demo_bureau.people import make_people

    call_command("migrate", verbosity=0, interactive=False)
    call_command("publish_models", verbosity=0)
    call_command("load_questionnaires", verbosity=0)
    make_people(can_sign_in=True)
    make_institutions(Bureau.objects.get(level=Bureau.Level.COUNTY))


if __name__ == "__main__":
    main()
