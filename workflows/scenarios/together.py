"""Playing several scenarios in one world, in the order of time."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime

from workflows.background.poke import muted
from workflows.scenarios.passing_time import happen_until
from workflows.scenarios.player import Player


def play_together(players: Iterable[Player], *, until: datetime) -> Iterator[Player]:
    """Play every step that lies before `until`, then let time pass to it; yields who has just acted.

    Raises: Failure of the first expectation that is not met.
    """
    waiting = [(player.coming(), number, player) for number, player in enumerate(players)]
    heapq.heapify(waiting)
    moment = min((coming for coming, _number, _player in waiting), default=until)
    while waiting:
        moment, number, player = heapq.heappop(waiting)
        if moment > until:
            break
        player.play_step()
        yield player
        if not player.is_over:
            heapq.heappush(waiting, (player.coming(), number, player))
    with muted():
        happen_until(min(moment, until), until)
