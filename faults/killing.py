"""Killing processes at random moments, with proof of what the kill hit.

A victim is frozen (SIGSTOP) before it is looked at. What PostgreSQL then reports as an open transaction that has
written stays open, since nobody can commit it: the kill that follows certainly hits it.
"""

import random
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from faults.database import MortalPostgresql
from faults.glances import Glances
from faults.house import House
from faults.servers import Server
from faults.tally import Tally

PARTS = ("web", "worker", "relay", "beat", "postgresql")
"""What can be killed. The relay lives in the worker: its kill hits a worker with an effect on its way."""
# Strikes without a glance: they also find processes between commit and answer.
BLIND_SHARE = 0.02
# How long a strike at the relay waits for the moment between the outside call and its commit.
NOTING_SECONDS = 3.0
# Clients find the database away for up to so long.
LONGEST_OUTAGE = 3.0
DATABASE = "postgresql"
# How many times longer than other processes these are left alone: PostgreSQL because everybody needs it, beat because
# it only proves that it starts again, which takes seconds of a processor.
SELDOM = {DATABASE: 5, "beat": 15}


@dataclass
class Killer:
    """Chooses moments and victims among the `parts`; `tally` counts what was hit.

    `every`: mean seconds between a process's return and the next strike at it; at least as long as the return took, or
    on a busy machine processes would do little but start.
    """

    house: House
    postgresql: MortalPostgresql
    glances: Glances
    randomness: random.Random
    parts: Sequence[str] = PARTS
    every: float = 2.0
    tally: Tally = field(init=False)
    slowest_return: float = 0.0
    _starting: dict[str, float] = field(default_factory=dict)
    _took: dict[str, float] = field(default_factory=dict)
    _strike_at: dict[str, float] = field(default_factory=dict)
    _wants_relay: bool = False

    def __post_init__(self) -> None:
        self.tally = Tally.of(self.parts)
        house, can = self.house, set(self.parts)
        self._victims = [*(house.webs if "web" in can else [])]
        self._victims += [house.worker] if can & {"worker", "relay"} else []
        self._victims += [house.beat] if "beat" in can else []

    def strike(self) -> bool:
        """Kill one whose time has come and who is at work; say whether somebody was killed."""
        if DATABASE in self.parts and self._is_due(DATABASE) and self._somebody_writes():
            return self._kill_postgresql()
        victim = self._victim()
        return self._strike(victim) if victim else False

    def _strike(self, victim: Server) -> bool:
        victim.signal(signal.SIGSTOP)
        steps, requests = self.glances.open_steps([victim.application]), victim.requests
        effects = self.glances.in_flight() if steps and victim is self.house.worker else []
        part = self._part_of(victim, is_relaying=bool(effects))
        if part is None or not (steps or requests or victim is self.house.beat):
            victim.signal(signal.SIGCONT)
            self.tally.spared += 1
            return False
        victim.kill()
        victim.start()
        self._starting[victim.name] = time.monotonic()
        del self._strike_at[victim.name]
        self.tally.note(part, steps=steps, effects=effects, requests=requests)
        return True

    def _part_of(self, victim: Server, *, is_relaying: bool) -> str | None:
        if victim.port:
            return "web"
        if victim is self.house.beat:
            return "beat"
        wanted = ("relay", "worker") if is_relaying else ("worker",)
        return next((part for part in wanted if part in self.parts), None)

    def _kill_postgresql(self) -> bool:
        """Stop it at once with everything open, leave it away for a moment, and start it on the same data.

        Every other time the clients are frozen first, so that what is hit is known. Else the kill may fall into a
        commit, and nobody knows whether it counted: the clients have to find out.
        """
        clients = [server for server in self.house.servers if server.is_alive()]
        steps, effects = 0, []
        is_frozen = self.randomness.random() < 0.5
        if is_frozen:
            self._send(clients, signal.SIGSTOP)
            steps = self.glances.open_steps([server.application for server in clients])
            effects = self.glances.in_flight() if steps else []
        self.postgresql.stop()
        self._send(clients, signal.SIGCONT)
        time.sleep(self.randomness.uniform(0, LONGEST_OUTAGE))
        self.postgresql.start()
        self.glances.close()
        connection.close()
        del self._strike_at[DATABASE]
        self.tally.note(DATABASE, steps=steps, effects=effects)
        return True

    @staticmethod
    def _send(servers: Sequence[Server], wanted: signal.Signals) -> None:
        for server in servers:
            server.signal(wanted)

    def _somebody_writes(self) -> bool:
        return bool(self.glances.writing(server.application for server in self.house.servers))

    def _victim(self) -> Server | None:
        """A process whose time has come: it served for a while, and another web server still does.

        The time counts from its return: counted from the last kill it would be over before a worker has started, and
        the worker would never get beyond its first open step. With no web server left the run would only measure how
        long one needs to start.
        """
        serving = [server for server in self._victims if self._serves(server)]
        others_serve = len([server for server in serving if server.port]) > 1
        able = [server for server in serving if not server.port or others_serve]
        due = [server for server in able if self._is_due(server.name)]
        if due and self.randomness.random() > BLIND_SHARE:
            due = self._at_work(due)
        return self.randomness.choice(due) if due else None

    def _at_work(self, servers: list[Server]) -> list[Server]:
        """Those that seem to be in an open step: a glance that saves freezing what is idle. Beat never is."""
        writing = self.glances.writing(server.application for server in servers)
        worker, beat = self.house.worker, self.house.beat
        if worker in servers and worker.application in writing and self._waits_for_a_note(worker):
            writing.discard(worker.application)
        return [server for server in servers if server.application in writing or server is beat]

    def _waits_for_a_note(self, worker: Server) -> bool:
        """Whether a strike at the relay still hopes for the moment after the outside call."""
        patience_ends = self._strike_at[worker.name] + NOTING_SECONDS
        if not self._wants_relay or time.monotonic() > patience_ends:
            return False
        return not self.glances.writing([worker.application], is_noting=True)

    def _serves(self, server: Server) -> bool:
        if server.name in self._starting and server.is_ready():
            took = self._took[server.name] = time.monotonic() - self._starting.pop(server.name)
            self.slowest_return = max(self.slowest_return, took)
        return server.name not in self._starting

    def _is_due(self, name: str) -> bool:
        if name not in self._strike_at:
            mean = max(self.every, self._took.get(name, 0.0)) * SELDOM.get(name, 1)
            self._strike_at[name] = time.monotonic() + self.randomness.uniform(0, 2 * mean)
            if name == self.house.worker.name:
                self._wants_relay = "relay" in self.parts and self.randomness.random() < 0.5
        return time.monotonic() > self._strike_at[name]
