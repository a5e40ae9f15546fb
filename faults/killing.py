"""Killing processes at random moments, with proof of what the kill hit.

A victim is frozen (SIGSTOP) before it is looked at. What PostgreSQL then reports as an open transaction that has
written stays open, since nobody can commit it: the kill that follows certainly hits it.
"""

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field

import psycopg

from faults.servers import Server

SETTLING_SECONDS = 0.3
OPEN_STEPS = """
    SELECT count(*) FILTER (WHERE state = 'active' AND wait_event_type IS DISTINCT FROM 'Lock'),
           count(*) FILTER (WHERE backend_xid IS NOT NULL)
      FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL
"""


@dataclass
class Killer:
    """Chooses moments and victims; `hits` counts kills of a process in an open step, by its name."""

    servers: list[Server]
    database_url: str
    randomness: random.Random
    hits: Counter[str] = field(default_factory=Counter)
    lost_answers: Counter[str] = field(default_factory=Counter)
    spared: int = 0
    slowest_return: float = 0.0
    _starting: dict[str, float] = field(default_factory=dict)

    @property
    def in_open_step(self) -> int:
        """Kills that hit a transaction which had written."""
        return sum(self.hits.values())

    @property
    def kills(self) -> int:
        """All kills: in an open step, or of a web server with a request on its way."""
        return self.in_open_step + sum(self.lost_answers.values())

    def strike(self) -> bool:
        """Freeze a ready process and look; kill it when it is at work, else let it go on."""
        victim = self._victim()
        if victim is None:
            return False
        victim.signal(signal.SIGSTOP)
        steps, requests = self._open_steps(victim), victim.requests
        if not steps and not requests:
            victim.signal(signal.SIGCONT)
            self.spared += 1
            return False
        victim.kill()
        (self.hits if steps else self.lost_answers)[victim.name] += 1
        victim.start()
        self._starting[victim.name] = time.monotonic()
        return True

    def _victim(self) -> Server | None:
        """A process that serves at present: one that is still starting is left alone."""
        for server in [s for s in self.servers if s.name in self._starting]:
            if server.is_ready():
                took = time.monotonic() - self._starting.pop(server.name)
                self.slowest_return = max(self.slowest_return, took)
        ready = [server for server in self.servers if server.name not in self._starting]
        others_serve = len([server for server in ready if server.port]) > 1
        # Somebody must answer, else the run measures only how long a process needs to start.
        able = [server for server in ready if not server.port or others_serve]
        return self.randomness.choice(able) if able else None

    def _open_steps(self, victim: Server) -> int:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            end = time.monotonic() + SETTLING_SECONDS
            while True:
                row = connection.execute(OPEN_STEPS, [victim.application]).fetchone() or (0, 0)
                if not row[0] or time.monotonic() > end:
                    return int(row[1]) if not row[0] else 0
                time.sleep(0.005)
