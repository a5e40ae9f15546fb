"""A PostgreSQL of the run's own: durable, so that an immediate stop loses nothing that was answered."""

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from config import addresses
from config.embedded import processes, state
from config.embedded.postgresql import Postgresql
from workflows.database_roles import logged_in
from workflows.scenarios.throwaway import changed

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
    """Start one in a temporary folder; this process works with it meanwhile, under the same two roles as ever."""
    with tempfile.TemporaryDirectory(prefix="fundguard-faults-", ignore_cleanup_errors=True) as folder:
        server = MortalPostgresql(state.load(Path(folder)))
        try:
            server.start()
            with _in_use(server):
                yield server
        finally:
            server.stop()


@contextmanager
def _in_use(server: MortalPostgresql) -> Iterator[None]:
    owner = _login(server, state.OWNER, "postgresql")
    application = _login(server, state.APPLICATION, "postgresql_application")
    with (
        changed("DATABASE_OWNER", owner),
        changed("DATABASE_APPLICATION", application),
        logged_in({**application, "NAME": state.DATABASE}),
    ):
        yield


def _login(server: MortalPostgresql, role: str, password: str) -> dict[str, Any]:
    secret = server.state.passwords[password]
    return dict(zip(addresses.LOGIN, (role, secret, "127.0.0.1", server.port), strict=True))
