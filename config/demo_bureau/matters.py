"""The demo's matters: played like scenarios, on days counted back from the day on which they are loaded."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from tips.receipts import receipt_code
from tips.scenario.citizen import seed_for
from tips.selectors import tip_of_code
from workflows.models import InboxEntry
from workflows.rules.calendar import civil_date
from workflows.scenarios import Player, Scenario, read_scenario
from workflows.scenarios.player import step_key
from workflows.scenarios.throwaway import without_mail
from workflows.scenarios.together import play_together

FOLDER = Path(__file__).with_name("matters")
LOADED = "demo:matters"


def scenarios() -> list[Scenario]:
    """The matters as scenario files, by name."""
    return [read_scenario(path) for path in sorted(FOLDER.glob("*.yaml"))]


def load_matters(now: datetime) -> Iterator[tuple[int, int]]:
    """Play what is not loaded yet; yields steps played and steps in all. Loaded again: nothing happens.

    A play that was broken off is taken up where it was, with the days of its beginning. Raises: Failure.
    """
    mark, _created = InboxEntry.objects.get_or_create(
        key=LOADED, defaults={"at": now, "answer": {"today": civil_date(now).isoformat(), "done": False}}
    )
    if mark.answer["done"]:
        return
    today = date.fromisoformat(mark.answer["today"])
    players = [Player(found, today=today, key_prefix=_prefix(found)) for found in scenarios()]
    total = sum(len(player.scenario.steps) for player in players)
    with ExitStack() as undo:
        undo.enter_context(without_mail())
        for player in players:
            undo.push(player.undo)
        for done, _player in enumerate(play_together(players, until=now), 1):
            yield done, total
    mark.answer["done"] = True
    mark.save(update_fields=["answer"])


def receipt_codes() -> list[tuple[str, str, str]]:
    """Number of each tip, its receipt code and what it is about, for trying the status page."""
    rows = []
    for found in scenarios():
        for index, step in enumerate(found.steps):
            if step.acts == "file_tip":
                code = receipt_code.from_seed(seed_for(step_key(_prefix(found), index)))
                tip = tip_of_code(code)
                if tip is not None:
                    rows.append((tip.number, receipt_code.grouped(code), found.title))
    return rows


def _prefix(scenario: Scenario) -> str:
    return f"demo:{scenario.path.stem}"
