"""The whole product standing on throw-away surroundings: web servers, a worker and beat."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from config import demo
from config.embedded import ports
from faults.servers import Server, wait_ready
from faults.surroundings import Surroundings

# Each run has a range of its own: while a server is dead, no other run may take its port and answer in its place.
FIRST_PORT, PORTS_EACH, RANGES = 20_000, 8, 1_500


@dataclass
class House:
    """The processes by what they do."""

    around: Surroundings
    webs: list[Server]
    worker: Server
    beat: Server

    @property
    def servers(self) -> list[Server]:
        """All of them."""
        return [*self.webs, self.worker, self.beat]


@contextmanager
def standing_house(around: Surroundings, *, webs: int = 1, worker: bool = True) -> Iterator[House]:
    """Start the processes exactly as the demo does, and end them by pid."""
    with ExitStack() as stack:
        house = _planned(around, webs)
        background = [house.worker, house.beat] if worker else []
        for server in [*house.webs, *background]:
            server.start()
            stack.callback(server.stop)
        for server in (house.worker, house.beat):
            stack.callback(server.stop)
        wait_ready([*house.webs, *background[:1]])
        yield house


def _planned(around: Surroundings, count: int) -> House:
    webs, port = [], FIRST_PORT + os.getpid() % RANGES * PORTS_EACH
    for number in range(1, count + 1):
        port = ports.first_free(port + 1)
        webs.append(Server(f"web{number}", demo.commands(port, around.folder)["web"], around, port=port))
    commands = demo.commands(port, around.folder)
    worker = Server("worker", commands["worker"], around, forks=True)
    beat = Server("beat", commands["beat"], around)
    return House(around, webs, worker, beat)
