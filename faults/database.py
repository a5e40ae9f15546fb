"""A PostgreSQL of the run's own: durable, so that an immediate stop loses nothing that was answered."""

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from django.db import connection

from config.embedded import processes, state
from config.embedded.postgresql import Postgresql

RECOVERED = "automatic recovery in progress"


class MortalPostgresql(Postgresql):
    """Stops at once, as `pg_ctl stop -m immediate` does, recovers at its start, and dies with its parent."""

    stop_signal: ClassVar[signal.Signals] = signal.SIGQUIT

    def tie(self) -> list[str]:
        """Nobody else knows of it, so it may not outlive the run."""
        return processes.tied()

    def recoveries(self) -> int:
        """How often its log says that it recovered from a crash."""
        logs = (self.log, self.log.with_suffix(".old"))
        return sum(log.read_text(errors="replace").count(RECOVERED) for log in logs if log.exists())


@contextmanager
def own_postgresql() -> Iterator[MortalPostgresql]:
    """Start one in a temporary folder; this process's default connection points to it meanwhile."""
    with tempfile.TemporaryDirectory(prefix="fundguard-faults-", ignore_cleanup_errors=True) as folder:
        server = MortalPostgresql(state.load(Path(folder)))
        try:
            server.start()
            with _pointed_at(server):
                yield server
        finally:
            server.stop()


@contextmanager
def _pointed_at(server: MortalPostgresql) -> Iterator[None]:
    held = server.state
    there = {"HOST": "127.0.0.1", "PORT": server.port, "USER": state.USER, "NAME": state.DATABASE}
    there["PASSWORD"] = held.passwords["postgresql"]
    before = {name: connection.settings_dict[name] for name in there}
    _point(there)
    try:
        yield
    finally:
        _point(before)


def _point(there: dict[str, object]) -> None:
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()
    connection.settings_dict.update(there)
