"""What the three embedded servers have in common: start, be ready, stop, be found again."""

import os
import signal
import subprocess
from abc import ABC, abstractmethod
from typing import ClassVar

from config.embedded import processes, sockets
from config.embedded.errors import ServerFailed
from config.embedded.state import State


class Server(ABC):
    """One server below a home folder.

    `throwaway` is for tests: nothing is synced to disk, and stopping kills.
    """

    name: ClassVar[str]
    port_names: ClassVar[tuple[str, ...]]
    stop_signal: ClassVar[signal.Signals]
    start_patience: ClassVar[float] = 30
    stop_patience: ClassVar[float] = 15

    def __init__(self, state: State, *, throwaway: bool = False) -> None:
        self.state = state
        self.throwaway = throwaway
        self.folder = state.home / self.name
        self.log = state.home / "logs" / f"{self.name}.log"
        self.record = processes.Record(state.home / f"{self.name}.pid")

    @abstractmethod
    def prepare(self) -> None:
        """Make what the first start needs; clear what a killed server left."""

    @abstractmethod
    def command(self) -> list[str]:
        """The command line, in the foreground."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server answers."""

    def tie(self) -> list[str]:
        """Words before the program: a test's servers must not outlive a killed test run."""
        return processes.tied() if self.throwaway else []

    def environment(self) -> dict[str, str]:
        """Environment of the server. Django has put the bureau's zone into TZ; servers write moments in UTC."""
        return {**os.environ, "TZ": "UTC"}

    def after_start(self) -> None:  # noqa: B027 - most have nothing to do
        """Make what only a running server can make."""

    def is_running(self) -> bool:
        """Whether the server's process lives."""
        return self.record.pid() is not None

    def start(self) -> None:
        """Start unless it runs already; returns when it answers.

        Raises: ServerFailed, with the end of the server's log.
        """
        process = None if self.is_running() else self._spawn()
        if not processes.wait_until(lambda: self._is_settled(process), seconds=self.start_patience):
            self.stop()
            raise ServerFailed(self.name, f"it did not answer within {self.start_patience:.0f} s", self.log)
        if not self.is_running():
            self.record.forget()
            raise ServerFailed(self.name, "it ended while starting", self.log)
        self.after_start()

    def stop(self) -> None:
        """Stop if it runs: in order, or at once when thrown away."""
        if pid := self.record.pid():
            by = signal.SIGKILL if self.throwaway else self.stop_signal
            processes.stop(pid, by=by, patience=self.stop_patience)
        self.record.forget()
        sockets.clear(self.folder)

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.folder.mkdir(exist_ok=True, mode=0o700)
        sockets.clear(self.folder)
        self.prepare()
        process = processes.spawn(self.command(), log=self.log, environment=self.environment())
        self.record.write(process.pid)
        return process

    def _is_settled(self, process: subprocess.Popen[bytes] | None) -> bool:
        if process is not None and process.poll() is not None:
            return True
        return self.is_ready() or not self.is_running()
