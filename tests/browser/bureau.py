"""Fills the database of the house: migrated, models published, people who can sign in, the register, old matters."""

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command

MATTERS = Path(__file__).with_name("matters")


def main(codes: Path) -> None:
    """Make everything that people find on their first day; write the receipt codes of the matters to `codes`."""
    django.setup()
    from casework.models import Bureau
    from config.demo_bureau.institutions import make_institutions
    from config.demo_bureau.people import make_people

    call_command("migrate", verbosity=0, interactive=False)
    call_command("publish_models", verbosity=0)
    call_command("load_questionnaires", verbosity=0)
    make_people(can_sign_in=True)
    make_institutions(Bureau.objects.get(level=Bureau.Level.COUNTY))
    codes.write_text(json.dumps({path.stem: _played(path) for path in sorted(MATTERS.glob("*.yaml"))}))


def _played(path: Path) -> str:
    """The receipt code of a matter of which the past was played, before anything runs by the real clock."""
    from tips.scenario.citizen import CODES
    from workflows.scenarios import Player, read_scenario
    from workflows.scenarios.throwaway import without_mail

    player = Player(read_scenario(path), key_prefix=f"browser:{path.stem}")
    with without_mail(), player.undo:
        while not player.is_over:
            player.play_step()
    return str(player.known[CODES][""])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
