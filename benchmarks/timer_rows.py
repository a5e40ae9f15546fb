"""Copies of one waiting run with all its rows, made by SQL: a million timers in a minute instead of hours."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import AutoField, Model

from workflows.background import timers
from workflows.database_roles import as_owner, give_rights
from workflows.models import Clock, Run, Timer, WorkItem
from workflows.now import now

ELEMENT = "response_period_over"
KIND = "timer copy"
RUNS_OF_OPEN_TIMERS = 1_000
NEW_RUNS = f"workflows_run AS made WHERE made.subject_kind = '{KIND}' AND made.subject_id > %(after)s"


class Copies:
    """Makes copies of a run; each call adds new ones behind those that are there."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._made = 0

    def open_timers(self, count: int) -> None:
        """Timers that are due in a month or later, a thousand to a run."""
        first, step = now() + timedelta(days=30), timedelta(milliseconds=50)
        after = self._runs(RUNS_OF_OPEN_TIMERS)
        each = count // RUNS_OF_OPEN_TIMERS
        self._execute(
            "INSERT INTO workflows_timer (run_id, task_id, element_id, due_at, attempt_count)"
            f" SELECT id, 'open ' || g, '{ELEMENT}', %(first)s + g * subject_id * %(step)s, 0"
            f" FROM (SELECT id, subject_id FROM {NEW_RUNS}) AS made, generate_series(1, {each}) AS g",
            after=after,
            first=first,
            step=step,
        )
        with as_owner():
            self._execute("VACUUM ANALYZE")

    def due(self, count: int, *, first: datetime, pause: timedelta) -> None:
        """Runs whose timer is due at `first` and then one after the other."""
        after = self._runs(count)
        places = {"run_id": "made.id", "due_at": "%(first)s + (made.subject_id - %(after)s) * %(pause)s"}
        self._copy(Timer, places, after=after, first=first, pause=pause)
        with as_owner():
            for table in ("timer", "run", "family", "workitem", "clock"):
                self._execute(f"ANALYZE workflows_{table}")
            self._execute("DROP TABLE IF EXISTS bench_due")
            self._execute(
                "CREATE TABLE bench_due AS SELECT t.run_id, t.due_at FROM workflows_timer AS t"
                f" JOIN (SELECT id FROM {NEW_RUNS}) AS made ON made.id = t.run_id",
                after=after,
            )
            give_rights()

    def left(self) -> int:
        """Due timers that were not fired."""
        return Timer.objects.filter(due_at__lt=now()).count()

    def fired(self) -> list[tuple[datetime, datetime]]:
        """Moment of the batch and due moment of each timer fired since `due`."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT j.at, d.due_at FROM workflows_journalentry AS j JOIN bench_due AS d USING (run_id)"
                " WHERE j.act = 'timer_fired'"
            )
            return cursor.fetchall()

    def claim_ms(self, times: int = 50) -> float:
        """Milliseconds to look for due timers when there are none."""
        begin = time.monotonic()
        for _ in range(times):
            with transaction.atomic():
                timers.due(now(), timers.BATCH)
        return (time.monotonic() - begin) * 1000 / times

    def _runs(self, count: int) -> int:
        """Copies of the run with family, open clocks and open work; returns the last number before them."""
        after, self._made = self._made, self._made + count
        self._execute(
            "INSERT INTO workflows_family (id, created_at)"
            f" SELECT lpad(to_hex(g), 32, '0')::uuid, now() FROM generate_series({after + 1}, {self._made}) AS g"
        )
        numbers = f"generate_series({after + 1}, {self._made}) AS g"
        places = {
            "id": "gen_random_uuid()",
            "family_id": "lpad(to_hex(g), 32, '0')::uuid",
            "subject_kind": f"'{KIND}'",
            "subject_id": "g",
            "business_key": "'T-' || g",
        }
        self._execute(_copying(Run, places, f"{numbers} WHERE old.id = %(run)s"))
        self._copy(Clock, {"run_id": "made.id"}, "old.ended_at IS NULL", after=after)
        own = {"id": "gen_random_uuid()", "run_id": "made.id", "family_id": "made.family_id"}
        self._copy(WorkItem, own, "old.status = 'open'", after=after)
        return after

    def _copy(self, model: type[Model], places: dict[str, str], which: str = "true", **values: Any) -> None:
        source = f"{NEW_RUNS} AND old.run_id = %(run)s AND {which}"
        self._execute(_copying(model, places, source), **values)

    def _execute(self, sql: str, **values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"run": self._run.pk, **values})


def _copying(model: type[Model], places: dict[str, str], source: str) -> str:
    """INSERT of copies of `old`, with other values in some columns."""
    columns = [f.column for f in model._meta.concrete_fields if not isinstance(f, AutoField)]
    values = ", ".join(places.get(column, f'old."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    return f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" AS old, {source}'
