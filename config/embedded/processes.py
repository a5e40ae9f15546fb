"""Server processes that outlive the command which started them: known again by pid and start time."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LOG_LIMIT = 5 * 1024 * 1024


@dataclass(frozen=True)
class Record:
    """The file that says which process a server is; a pid alone may by now be somebody else's."""

    path: Path

    def pid(self) -> int | None:
        """Pid of the living process, else None."""
        try:
            pid, began = (int(part) for part in self.path.read_text().split())
        except (FileNotFoundError, ValueError):
            return None
        return pid if began == start_time(pid) else None

    def write(self, pid: int) -> None:
        """Remember a process that has just been started."""
        self.path.write_text(f"{pid} {start_time(pid) or 0}\n")

    def forget(self) -> None:
        """Remember no process."""
        self.path.unlink(missing_ok=True)


def start_time(pid: int) -> int | None:
    """Clock ticks from the machine's start to the process's; None for one that is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def name_of(pid: int) -> str | None:
    """Short name of a process, None when there is none."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return None


def spawn(command: list[str], *, log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C at the terminal does not reach it."""
    log.parent.mkdir(exist_ok=True, mode=0o700)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old"))
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            env=dict(environment),
            start_new_session=True,
        )
    finally:
        os.close(descriptor)


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.02) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def stop(pid: int, *, by: signal.Signals, patience: float) -> bool:
    """Ask a process to end, kill it when it does not; true if it ended by itself."""
    began = start_time(pid)
    if began is None:
        return True
    os.kill(pid, by)
    if wait_until(lambda: start_time(pid) != began, seconds=patience):
        return True
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: start_time(pid) != began, seconds=5)
    return False


def tied() -> list[str]:
    """Words before a command that make it end when the process that started it dies, where the system can."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []


def tail(log: Path, lines: int = 8) -> str:
    """Last lines of a log, for the message about a server that did not start."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
