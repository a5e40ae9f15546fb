"""`bench engine`: what one completed user task costs, beside the floors of the same run."""

import multiprocessing
import statistics
import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import floors, shapes
from benchmarks.case_walk import Walker, idle_operations
from benchmarks.laps import CONTROL, measure_laps
from benchmarks.stock import stock_cpu_ms
from workflows.models import Run

CLIENTS = 2
SECONDS = 10.0


def measure() -> dict[str, Any]:
    """All figures; the database must be a throw-away one with the demo's people."""
    floors.make_tables()
    with idle_operations():
        walker = Walker()
        cpu, steps = _cpu_per_step(walker)
        statements = _statements(walker)
        wal = _wal_bytes(walker)
        state = _state_bytes(walker)
        laps = measure_laps(walker)
        rate = _rate()
        stock = stock_cpu_ms()
    start_ms, parallel_bytes = shapes.parallel_blocks()
    psycopg, orm = floors.psycopg_cpu_ms(), floors.orm_cpu_ms()
    return {
        "cpu_ms": round(cpu, 3),
        "floor_psycopg_cpu_ms": round(psycopg, 3),
        "floor_orm_cpu_ms": round(orm, 3),
        "stock_cpu_ms": round(stock, 3),
        "cpu_ratio_orm": round(cpu / orm, 2),
        "stock_ratio": round(stock / cpu, 2),
        "tasks_per_s": round(rate["rate"], 1),
        "p95_ms": round(rate["p95"], 2),
        "statements": statements,
        "statements_lap_1000": laps["statements_lap_1000"],
        "wal_bytes": wal,
        "state_bytes": state,
        "lap_ratio": round(laps["lap_ratio"], 2),
        "parallel_start_ms": round(start_ms, 2),
        "parallel_state_bytes": parallel_bytes,
        "measured_steps": steps,
        "clients": CLIENTS,
    }


def _cpu_per_step(walker: Walker, cases: int = 15) -> tuple[float, int]:
    """CPU milliseconds of this process per completed task; finding the task is not counted."""
    for _ in range(2):
        for item in walker.walk(walker.start()):
            walker.step(item)
    spent, steps = 0.0, 0
    for _ in range(cases):
        for item in walker.walk(walker.start()):
            begin = time.process_time()
            walker.step(item)
            spent += time.process_time() - begin
            steps += 1
    return spent * 1000 / steps, steps


def _statements(walker: Walker) -> float:
    """SQL statements per completed task without BEGIN, COMMIT and savepoints: the median over a case."""
    counts = []
    for item in walker.walk(walker.start()):
        with CaptureQueriesContext(connection) as captured:
            walker.step(item)
        counts.append(sum(not q["sql"].startswith(CONTROL) for q in captured.captured_queries))
    return statistics.median(counts)


def _wal_bytes(walker: Walker, cases: int = 5) -> int:
    """Bytes of write-ahead log per completed task."""
    runs = [walker.start() for _ in range(cases)]
    begin, steps = _wal_position(), 0
    for run in runs:
        for item in walker.walk(run):
            walker.step(item)
            steps += 1
    return round((_wal_position() - begin) / steps)


def _wal_position() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        return int(cursor.fetchone()[0])


def _state_bytes(walker: Walker) -> int:
    """The largest state of a run of the case model on its way."""
    run, sizes = walker.start(), []
    for item in walker.walk(run):
        walker.step(item)
        sizes.append(len(bytes(Run.objects.values_list("state", flat=True).get(pk=run.pk))))
    return max(sizes)


def _rate() -> dict[str, float]:
    """Completed tasks per second of two clients, database on the same machine."""
    connection.close()
    context = multiprocessing.get_context("fork")
    with context.Pool(CLIENTS) as pool:
        results = pool.map(_client, range(CLIENTS))
    durations = sorted(d for client in results for d in client)
    return {"rate": len(durations) / SECONDS, "p95": durations[int(len(durations) * 0.95)] * 1000}


def _client(_number: int) -> list[float]:
    walker, durations = Walker(), []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for item in walker.walk(walker.start()):
            begin = time.monotonic()
            walker.step(item)
            durations.append(time.monotonic() - begin)
    return durations
