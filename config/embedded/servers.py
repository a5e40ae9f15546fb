"""Starting, sharing and stopping the embedded servers: in order, by any number of processes at once."""

import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from config import env
from config.embedded import locks, ports, state
from config.embedded.postgresql import Postgresql
from config.embedded.seaweedfs import Seaweedfs
from config.embedded.server import Server
from config.embedded.state import State
from config.embedded.valkey import Valkey

KINDS: tuple[type[Server], ...] = (Postgresql, Valkey, Seaweedfs)  # in the order of starting
ALL = tuple(kind.name for kind in KINDS)
EXTERNAL = {"postgresql": "DATABASE_URL", "valkey": "REDIS_URL", "seaweedfs": "S3_ENDPOINT"}


def embedded(names: Collection[str]) -> tuple[str, ...]:
    """Those of the names for which no external server is named in the environment."""
    return tuple(name for name in ALL if name in names and not env.text(EXTERNAL[name]))


def settle_ports(names: Collection[str] = ALL, home: Path | None = None) -> State:
    """Give servers that do not run other ports where somebody else took theirs.

    Call it before settings are loaded: they read the ports.
    """
    held = state.load(home)
    with locks.exclusive(held.home):
        held = state.load(home)
        taken = [
            port
            for server in _servers(held, embedded(names))
            if not server.is_running()
            for port in server.port_names
            if not ports.is_free(held.ports[port])
        ]
        if taken:
            fresh = dict(zip(taken, ports.free(len(taken)), strict=True))
            held = replace(held, ports={**held.ports, **fresh})
            state.save(held)
    return held


@contextmanager
def ensured(
    names: Collection[str] = ALL, home: Path | None = None, *, throwaway: bool = False
) -> Iterator[State]:
    """Run the body with these servers running; the last user to leave stops what was not told to stay.

    Raises: ServerFailed, NoOrdinaryUser.
    """
    held = state.load(home)
    needed = embedded(names)
    if not needed:
        yield held
        return
    with locks.exclusive(held.home):
        users = locks.Users(held.home)
        try:
            _start(held, needed, throwaway=throwaway)
        except BaseException:
            _leave(held, users, throwaway=throwaway)
            raise
    try:
        yield held
    finally:
        with _undisturbed(), locks.exclusive(held.home):
            _leave(held, users, throwaway=throwaway)


def start(home: Path | None = None) -> State:
    """Start all embedded servers and let them stay until `stop`."""
    held = settle_ports(home=home)
    with locks.exclusive(held.home):
        users = locks.Users(held.home)
        try:
            _start(held, embedded(ALL))
            _staying(held).touch()
        finally:
            _leave(held, users)
    return held


def stop(home: Path | None = None) -> None:
    """Stop all embedded servers, whoever uses them."""
    held = state.load(home)
    with _undisturbed(), locks.exclusive(held.home):
        _staying(held).unlink(missing_ok=True)
        _stop(held)


def running(home: Path | None = None) -> dict[str, bool]:
    """Which of the embedded servers run."""
    return {server.name: server.is_running() for server in _servers(state.load(home), ALL)}


def _servers(held: State, names: Collection[str], *, throwaway: bool = False) -> list[Server]:
    return [kind(held, throwaway=throwaway) for kind in KINDS if kind.name in names]


def _start(held: State, names: Collection[str], *, throwaway: bool = False) -> None:
    for server in _servers(held, names, throwaway=throwaway):
        server.start()


def _stop(held: State, *, throwaway: bool = False) -> None:
    for server in reversed(_servers(held, ALL, throwaway=throwaway)):
        server.stop()


def _leave(held: State, users: locks.Users, *, throwaway: bool = False) -> None:
    if users.leave() and not _staying(held).exists():
        _stop(held, throwaway=throwaway)


def _staying(held: State) -> Path:
    return held.home / "servers-stay"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a second Ctrl-C wait until the servers are down."""
    waiting = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
