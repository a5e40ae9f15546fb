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
# Strikes without a glance: they also find processes between commit and answer.
BLIND_SHARE = 0.02
WRITING = "SELECT application_name FROM pg_stat_activity WHERE application_name = ANY(%s) AND backend_xid IS NOT NULL"
OPEN_STEPS = """
    SELECT count(*) FILTER (WHERE state = 'active' AND wait_event_type IS DISTINCT FROM 'Lock'),
           count(*) FILTER (WHERE backend_xid IS NOT NULL)
      FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL
"""


@dataclass
class Killer:
    """Chooses moments and victims; `hits` counts kills of a process in an open step, by its name.

    `every`: mean seconds between a process's return and the next strike at it.
    """

    servers: list[Server]
    database_url: str
    randomness: random.Random
    every: float = 2.0
    hits: Counter[str] = field(default_factory=Counter)
    lost_answers: Counter[str] = field(default_factory=Counter)
    spared: int = 0
    slowest_return: float = 0.0
    _starting: dict[str, float] = field(default_factory=dict)
    _strike_at: dict[str, float] = field(default_factory=dict)

    @property
    def in_open_step(self) -> int:
        """Kills that hit a transaction which had written."""
        return sum(self.hits.values())

    @property
    def kills(self) -> int:
        """All kills: in an open step, or of a web server with a request on its way."""
        return self.in_open_step + sum(self.lost_answers.values())

    def strike(self) -> bool:
        """Freeze a process whose time has come and look; kill it when it is at work, else let it go on."""
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
        del self._strike_at[victim.name]
        return True

    def _victim(self) -> Server | None:
        """A process whose time has come: it served for a while, and another web server still does.

        The time counts from its return: counted from the last kill it would be over before a worker has started, and
        the worker would never get beyond its first open step. With no web server left the run would only measure how
        long one needs to start.
        """
        serving = [server for server in self.servers if self._serves(server)]
        others_serve = len([server for server in serving if server.port]) > 1
        able = [server for server in serving if not server.port or others_serve]
        due = [server for server in able if time.monotonic() > self._strike_at[server.name]]
        if due and self.randomness.random() > BLIND_SHARE:
            due = self._writing(due)
        return self.randomness.choice(due) if due else None

    def _writing(self, servers: list[Server]) -> list[Server]:
        """Those that seem to be in an open step: a glance that saves freezing what is idle."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            rows = connection.execute(WRITING, [[server.application for server in servers]]).fetchall()
        return [server for server in servers if (server.application,) in rows]

    def _serves(self, server: Server) -> bool:
        if server.name in self._starting and server.is_ready():
            took = time.monotonic() - self._starting.pop(server.name)
            self.slowest_return = max(self.slowest_return, took)
        if server.name in self._starting:
            return False
        wait = self.randomness.uniform(0, 2 * self.every)
        self._strike_at.setdefault(server.name, time.monotonic() + wait)
        return True

    def _open_steps(self, victim: Server) -> int:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            end = time.monotonic() + SETTLING_SECONDS
            while True:
                row = connection.execute(OPEN_STEPS, [victim.application]).fetchone() or (0, 0)
                if not row[0] or time.monotonic() > end:
                    return int(row[1]) if not row[0] else 0
                time.sleep(0.005)
