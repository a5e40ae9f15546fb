"""A RabbitMQ of a test's own, where the package is installed: own ports, own folder, own epmd, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import ports, processes

# The command in the path of Debian changes the user first; this one does not.
PLACES = ("/usr/lib/rabbitmq/bin", None)


def installed() -> str | None:
    """The server's command, or nothing."""
    found = (shutil.which("rabbitmq-server", path=place) for place in PLACES)
    return next((command for command in found if command), None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run it; gives the address for BROKER_URL."""
    command = installed()
    assert command, "asked for only where it is installed"
    port, distribution, names = ports.free(3)
    environment = _environment(folder, port, distribution, names)
    server = processes.spawn(
        [*processes.tied(), command], log=folder / "rabbitmq.log", environment=environment
    )
    try:
        if not processes.wait_until(lambda: _answers(port), seconds=180, pause=0.5):
            raise RuntimeError(processes.tail(folder / "rabbitmq.log", 30))
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        processes.stop(server.pid, by=signal.SIGTERM, patience=60)
        server.wait(10)
        subprocess.run(["epmd", "-kill"], env=environment, check=False, capture_output=True)


def _environment(folder: Path, port: int, distribution: int, names: int) -> dict[str, str]:
    plugins = folder / "plugins"
    plugins.write_text("[].")
    return {
        **os.environ,
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"fundguard{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(plugins),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "ERL_EPMD_PORT": str(names),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
