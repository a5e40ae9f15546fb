"""Locks between processes of one home folder; the system frees them when a process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_lock(home: Path, name: str) -> int:
    """Descriptor of a lock file below the home folder, which is made when missing."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.open(home / name, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """Hold the right to change state or to start and stop servers; waits for its turn."""
    descriptor = open_lock(home, "change.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Users:
    """Who uses the servers: each process holds a share; the last one to leave may stop them."""

    def __init__(self, home: Path) -> None:
        self._descriptor = open_lock(home, "users.lock")
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Give the share back; true if nobody else holds one. Call it under `exclusive`."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(self._descriptor)
        return True
