"""`make demo`: servers, database, web, worker and beat on one machine, until Ctrl-C."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from config import env
from config.embedded import ports, processes, servers
from config.env import SettingRefused

SETTINGS = "config.settings.dev"
PATIENCE = {"web": 10.0, "worker": 20.0, "beat": 5.0}


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or asked for the end."""


def main() -> int:
    """Run the demo; exit status 0 when a person ended it."""
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, _stop)
    try:
        with ExitStack() as running:
            running.callback(say, "Stopped. The data are kept; `make demo` goes on with them.")
            return _run(running)
    except Stopped:
        return 0
    except SettingRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1


def _run(running: ExitStack) -> int:
    say("Starting the servers ...")
    servers.settle_ports()
    home = running.enter_context(servers.ensured()).home
    port = ports.first_free(env.integer("PORT", least=1, most=65535))
    prepare = [sys.executable, "manage.py", "prepare_demo"]
    prepared = subprocess.run(prepare, env=_environment(), cwd=env.BASE_DIR, check=False)
    if prepared.returncode:
        return prepared.returncode
    started = {name: _start(running, home, name, command) for name, command in commands(port, home).items()}
    if not processes.wait_until(lambda: _answers(port) or bool(_ended(started)), seconds=60, pause=0.1):
        say(f"The web server does not answer. Its log: {home / 'logs' / 'web.log'}")
        return 1
    if not _ended(started):
        say(f"\nOpen http://127.0.0.1:{port}/   (Ctrl-C stops everything; logs: {home / 'logs'})")
    return _watch(started, home)


def _start(running: ExitStack, home: Path, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start one process that dies with this one, and remember how to stop it."""
    words = [*processes.tied(), *command]
    process = processes.spawn(words, log=home / "logs" / f"{name}.log", environment=_environment())
    running.callback(processes.stop, process.pid, by=signal.SIGTERM, patience=PATIENCE[name])
    return process


def commands(port: int, home: Path) -> dict[str, Sequence[str]]:
    """Command lines of web, worker and beat, in the order of starting."""
    celery = (sys.executable, "-m", "celery", "-A", "config.celery")
    return {
        "web": (
            *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1"),
            *("--port", str(port), "--no-access-log", "--no-server-header", "--log-level", "warning"),
            *("--timeout-graceful-shutdown", "5", "--lifespan", "off"),
        ),
        "worker": (*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"),
        "beat": (*celery, "beat", "--schedule", str(home / "beat-schedule"), "--pidfile="),
    }


def say(sentence: str) -> None:
    """Print at once, even into a pipe."""
    print(sentence, flush=True)  # noqa: T201 - this is the terminal's program


def _watch(started: dict[str, subprocess.Popen[bytes]], home: Path) -> int:
    """Return when one of the processes ends, which none should."""
    while not (ended := _ended(started)):
        time.sleep(0.5)
    log = home / "logs" / f"{ended}.log"
    say(f"{ended} ended by itself, so everything stops. The end of {log}:\n{processes.tail(log)}")
    return 1


def _ended(started: dict[str, subprocess.Popen[bytes]]) -> str | None:
    return next((name for name, process in started.items() if process.poll() is not None), None)


def _answers(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _environment() -> dict[str, str]:
    pool = env.integer("FUNDGUARD_DATABASE_POOL", least=0, most=200) or 8
    return env.child_environment(DJANGO_SETTINGS_MODULE=SETTINGS, FUNDGUARD_DATABASE_POOL=str(pool))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # Once: a second Ctrl-C must not interrupt the stopping itself.
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, signal.SIG_IGN)
    say("\nStopping ...")
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
