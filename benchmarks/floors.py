"""Floors of the same run: what one transaction with one UPDATE and two INSERTs costs without any engine."""

import time
from collections.abc import Callable

from django.db import connection, models, transaction

from workflows.database_roles import as_owner, give_rights

ROUNDS = 400


class FloorRow(models.Model):
    """A row like a run."""

    state = models.BinaryField()
    revision = models.IntegerField(default=0)

    class Meta:
        app_label = "workflows"
        db_table = "bench_floor_row"
        managed = False

    def __str__(self) -> str:
        return str(self.pk)


class FloorEvent(models.Model):
    """A row like a journal entry."""

    row_id = models.BigIntegerField()
    text = models.CharField(max_length=100)

    class Meta:
        app_label = "workflows"
        db_table = "bench_floor_event"
        managed = False

    def __str__(self) -> str:
        return self.text


def make_tables() -> None:
    """Make the tables of the floor."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_floor_row"
            " (id bigserial PRIMARY KEY, state bytea NOT NULL, revision int NOT NULL)"
        )
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_floor_event"
            " (id bigserial PRIMARY KEY, row_id bigint NOT NULL, text varchar(100) NOT NULL)"
        )
        give_rights()


def orm_cpu_ms() -> float:
    """CPU milliseconds of one round through the Django ORM."""
    row = FloorRow.objects.create(state=b"x" * 2000)

    def one() -> None:
        with transaction.atomic():
            FloorRow.objects.filter(pk=row.pk).update(state=b"y" * 2000, revision=models.F("revision") + 1)
            FloorEvent.objects.create(row_id=row.pk, text="one")
            FloorEvent.objects.create(row_id=row.pk, text="two")

    return cpu_ms(one)


def psycopg_cpu_ms() -> float:
    """CPU milliseconds of one round with psycopg alone."""
    row = FloorRow.objects.create(state=b"x" * 2000)
    connection.ensure_connection()
    raw = connection.connection
    raw.autocommit = True

    def one() -> None:
        with raw.transaction(), raw.cursor() as cursor:
            cursor.execute(
                "UPDATE bench_floor_row SET state=%s, revision=revision+1 WHERE id=%s", (b"y" * 2000, row.pk)
            )
            cursor.execute("INSERT INTO bench_floor_event (row_id, text) VALUES (%s, %s)", (row.pk, "one"))
            cursor.execute("INSERT INTO bench_floor_event (row_id, text) VALUES (%s, %s)", (row.pk, "two"))

    return cpu_ms(one)


def cpu_ms(one: Callable[[], None], rounds: int = ROUNDS) -> float:
    """CPU milliseconds of this process per call, after a warm-up."""
    for _ in range(rounds // 10):
        one()
    begin = time.process_time()
    for _ in range(rounds):
        one()
    return (time.process_time() - begin) * 1000 / rounds
