"""`bench timers`: how fast due timers fire, and how late, while a million others are open."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from benchmarks.case_walk import Walker, idle_operations
from benchmarks.timer_rows import ELEMENT, Copies
from workflows.background.timers import fire_batch
from workflows.incidents.detector import watch
from workflows.models import Run
from workflows.now import now

CLIENTS = 2
OPEN = 1_000_000
BACKLOG = 4_000
PER_SECOND = 200
SECONDS = 15
TICK = 1.0  # what beat does
Batches = list[tuple[datetime, datetime]]


def measure() -> dict[str, Any]:
    """All figures; the database must be a throw-away one with the demo's people."""
    with idle_operations():
        copies = Copies(_waiting_run())
        copies.open_timers(OPEN)
        rate = _rate(copies)
        lateness = _lateness(copies)
        begin = time.monotonic()
        watch(now())
        watched = time.monotonic() - begin
    return {
        "timers_per_s": round(rate, 1),
        "timer_lateness_p99_s": round(lateness[int(len(lateness) * 0.99)], 2),
        "timer_lateness_p50_s": round(lateness[len(lateness) // 2], 2),
        "open_timers": OPEN,
        "due_per_s": PER_SECOND,
        "claim_ms": round(copies.claim_ms(), 2),
        "watch_ms": round(watched * 1000, 1),
        "open_runs": Run.objects.filter(status=Run.Status.RUNNING).count(),
        "clients": CLIENTS,
        "load_1m": round(os.getloadavg()[0], 1),
    }


def _waiting_run() -> Run:
    """A case that waits for the party's answer, with a timer beside it."""
    walker = Walker()
    run = walker.start()
    for item in walker.walk(run):
        # What is copied must stay there: its own timer never falls due.
        if run.timers.filter(element_id=ELEMENT).update(due_at=now() + timedelta(days=365)):
            return run
        walker.step(item)
    raise RuntimeError("the case model has no timer beside the party's answer")


def _rate(copies: Copies) -> float:
    """Timers per second while a backlog of due ones is worked off."""
    copies.due(BACKLOG, first=now() - timedelta(days=1), pause=timedelta(0))
    begin = time.monotonic()
    fired = sum(len(batches) for batches in _in_clients(_work_off))
    spent = time.monotonic() - begin
    if fired == 0 or copies.left():
        raise RuntimeError(f"{copies.left()} due timers were not fired")
    return BACKLOG / spent


def _lateness(copies: Copies) -> list[float]:
    """Seconds from the due moment to the commit, of timers that fall due one after the other."""
    copies.due(
        PER_SECOND * SECONDS,
        first=now() + timedelta(seconds=3),
        pause=timedelta(seconds=1 / PER_SECOND),
    )
    ends = dict(batch for batches in _in_clients(_tick) for batch in batches)
    return sorted((ends[began] - due).total_seconds() for began, due in copies.fired() if began in ends)


def _in_clients(work: Any) -> list[Batches]:
    connection.close()
    with multiprocessing.get_context("fork").Pool(CLIENTS) as pool:
        return pool.map(work, range(CLIENTS))


def _work_off(_number: int) -> Batches:
    return list(_batches())


def _tick(_number: int) -> Batches:
    """Look once a second, as long as timers fall due and a little longer."""
    found: Batches = []
    end = time.monotonic() + 3 + SECONDS + 5
    while (left := end - time.monotonic()) > 0:
        found += _batches()
        time.sleep(min(TICK, max(left, 0)))
    return found


def _batches() -> Iterator[tuple[datetime, datetime]]:
    """Begin and commit of each batch until nothing is due."""
    while True:
        began = now()
        if not fire_batch(began):
            return
        yield began, now()
