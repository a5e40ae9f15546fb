"""Acts on work that belong to no app: taking a task and giving it back."""

from typing import Any

from workflows.door.commands import claim_item, release_item
from workflows.scenarios.comparing import Failure
from workflows.scenarios.player import Player
from workflows.scenarios.registry import act


@act("take_work")
def take_work(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Take the work of an element: others no longer see it."""
    item = player.open_item(_element(entries))
    claim_item(item, actor=player.account(who), key=player.key(), now=player.now)


@act("give_back_work")
def give_back_work(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Give the work of an element back to everybody whom it is offered to."""
    item = player.open_item(_element(entries))
    release_item(item, actor=player.account(who), key=player.key(), now=player.now)


def _element(entries: dict[str, Any]) -> str:
    if set(entries) != {"element"}:
        raise Failure("write with: {element: …}")
    return str(entries["element"])
