"""The product's processes as children: started, frozen, looked at, killed by pid, started again."""

import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from config.embedded import processes
from faults.surroundings import Surroundings


class Server:
    """One process with its own children, known to PostgreSQL by an application name for each life.

    `environment` holds changes for its next life. A process without a port that `forks` is ready with its children.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        around: Surroundings,
        *,
        port: int = 0,
        forks: bool = False,
    ) -> None:
        self.name = name
        self.port = port
        self._forks = forks
        self.lives = 0
        self.requests = 0
        self.environment: dict[str, str] = {}
        self._command = [*processes.tied(), *command]
        self._around = around
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def application(self) -> str:
        """What `pg_stat_activity` calls the connections of the present life."""
        return f"{self.name} life {self.lives}"

    @property
    def log(self) -> Path:
        """What it wrote."""
        return self._around.folder / "logs" / f"{self.name}.log"

    def start(self) -> None:
        """Start a new life."""
        self.lives += 1
        environment = {**self._around.environment, **self.environment, "PGAPPNAME": self.application}
        self._process = processes.spawn(self._command, log=self.log, environment=environment)

    def is_alive(self) -> bool:
        """Whether the process itself lives."""
        return self._process is not None and self._process.poll() is None

    def is_ready(self) -> bool:
        """Whether it answers, has children as a worker has, or at least lives."""
        if not self.is_alive():
            return False
        if self.port:
            return self._answers()
        return not self._forks or len(self.pids()) > 1

    def pids(self) -> list[int]:
        """The process and everything that it has started, parents first."""
        found = [self._process.pid] if self._process else []
        for pid in found:
            found += _children(pid)
        return found

    def signal(self, wanted: signal.Signals) -> None:
        """Send a signal to the process and to what it started."""
        for pid in self.pids():
            try:
                os.kill(pid, wanted)
            except ProcessLookupError:
                continue

    def kill(self) -> None:
        """SIGKILL for all of it, and no zombie left behind."""
        self.signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(10)

    def stop(self) -> None:
        """End it in order, or by force after some seconds."""
        if self._process is None or not self.is_alive():
            return
        self.signal(signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def request_begins(self) -> None:
        """Count a request on its way."""
        with self._lock:
            self.requests += 1

    def request_ends(self) -> None:
        """It was answered, or the connection broke."""
        with self._lock:
            self.requests -= 1

    def _answers(self) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def wait_ready(servers: Sequence[Server], *, seconds: float = 60) -> None:
    """Wait until all of them answer. Raises: RuntimeError with the end of a log."""
    end = time.monotonic() + seconds
    for server in servers:
        while not server.is_ready():
            if time.monotonic() > end or not server.is_alive():
                raise RuntimeError(f"{server.name} does not answer:\n{processes.tail(server.log, 20)}")
            time.sleep(0.1)


def _children(pid: int) -> list[int]:
    try:
        return [int(part) for part in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
