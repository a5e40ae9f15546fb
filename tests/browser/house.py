"""The whole product as people meet it: web, worker and beat as child processes on a database of its own."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from config import demo, env
from config.embedded import ports, processes, state

# Worker numbers from here on have a broker database and a bucket that no other test uses.
FIRST_NUMBER = 16


@dataclass(frozen=True)
class House:
    """Where the product answers, and where its processes write their logs."""

    url: str
    logs: Path
    codes: Mapping[str, str] = field(default_factory=dict)
    """Receipt codes of the matters that were played before the house opened, by name."""

    def said(self) -> str:
        """The ends of the logs, for the message of a test that failed."""
        return "\n".join(f"--- {log.name}\n{processes.tail(log, 30)}" for log in sorted(self.logs.iterdir()))


@contextmanager
def standing_house(folder: Path, *, number: int = 0) -> Iterator[House]:
    """Make the database, start the processes, end them by pid and drop the database."""
    name = f"browser_{os.getpid()}_{number}"
    environment = _environment(name, number)
    with ExitStack() as stack:
        stack.enter_context(_database(name))
        codes = folder / "codes.json"
        words = [sys.executable, "-m", "tests.browser.bureau", str(codes)]
        owner = {"DATABASE_OWNER_URL": _database_url(name, is_owner=True)}
        subprocess.run(words, env=environment | owner, cwd=env.BASE_DIR, check=True)
        port = ports.first_free(18000 + 20 * number)
        for key, command in demo.commands(port, folder).items():
            child = processes.spawn(
                [*processes.tied(), *command], log=folder / "logs" / f"{key}.log", environment=environment
            )
            stack.callback(processes.stop, child.pid, by=signal.SIGTERM, patience=demo.PATIENCE[key])
        known = json.loads(codes.read_text())
        house = House(f"http://127.0.0.1:{port}", folder / "logs", known)
        if not processes.wait_until(lambda: _answers(house.url), seconds=60, pause=0.1):
            raise RuntimeError(f"The product does not answer.\n{house.said()}")
        yield house


@contextmanager
def _database(name: str) -> Iterator[None]:
    with psycopg.connect(_database_url("postgres", is_owner=True), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _database_url(name: str, *, is_owner: bool = False) -> str:
    kept = env.text("DATABASE_OWNER_URL") if is_owner else env.text("DATABASE_URL")
    kept = kept or (state.load().owner_url if is_owner else state.load().database_url)
    return urlunsplit(urlsplit(kept)._replace(path=f"/{name}"))


def _environment(name: str, number: int) -> dict[str, str]:
    return env.child_environment(
        DATABASE_URL=_database_url(name),
        DATABASE_OWNER_URL="",
        DJANGO_SETTINGS_MODULE="config.settings.test",
        FUNDGUARD_TEST_WORKER=str(FIRST_NUMBER + number),
        FUNDGUARD_DATABASE_POOL="8",
    )


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
