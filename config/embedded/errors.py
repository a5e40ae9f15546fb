"""Why an embedded server could not be had."""

from pathlib import Path

from config.embedded import processes
from config.env import SettingRefused


class ServerFailed(SettingRefused):
    """A server did not start; the message holds the end of its log."""

    def __init__(self, name: str, why: str, log: Path) -> None:
        super().__init__(
            f"The embedded {name} did not start: {why}.\n{processes.tail(log)}\nWhole log: {log}"
        )


class NoOrdinaryUser(SettingRefused):
    """PostgreSQL refuses root, and neither way around it works on this machine."""
