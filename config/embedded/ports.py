"""Free loopback ports."""

import socket
from collections.abc import Iterable


def free(count: int) -> list[int]:
    """That many different loopback ports on which nobody listens now."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as one:
        # As the servers do: a port that only lingers in TIME_WAIT counts as free.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def first_free(start: int, tries: int = 100) -> int:
    """The first free port from `start` on.

    Raises: OSError when none of the tried ones is free.
    """
    candidates: Iterable[int] = range(start, min(start + tries, 65536))
    for port in candidates:
        if is_free(port):
            return port
    raise OSError(f"no free port between {start} and {start + tries}")
