"""`python -m config.embedded start|stop|status`: servers that stay, for people who work on the code."""

import sys

from config.embedded import servers
from config.env import SettingRefused

USAGE = "usage: python -m config.embedded start|stop|status\n"


def main(arguments: list[str]) -> int:
    """Run one of the three words; exit status 0 only on success."""
    match arguments:
        case ["start"]:
            servers.start()
        case ["stop"]:
            servers.stop()
        case ["status"]:
            pass
        case _:
            sys.stderr.write(USAGE)
            return 2
    for name, is_running in servers.running().items():
        sys.stdout.write(f"{name:<12} {'running' if is_running else 'stopped'}\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SettingRefused as refusal:
        sys.exit(str(refusal))
