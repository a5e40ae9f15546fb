"""The one state file of the embedded servers: their ports, passwords and the machine's keys (mode 600)."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config import env
from config.embedded import locks, ports

FORMAT = 1
PORT_NAMES = (
    "postgresql",
    "valkey",
    "s3",
    "master",
    "volume",
    "filer",
    "admin",
    "s3_grpc",
    "master_grpc",
    "volume_grpc",
    "filer_grpc",
    "admin_grpc",
)
PASSWORD_NAMES = (
    "postgresql",
    "valkey",
    "s3_access",
    "s3_secret",
    "jwt_write",
    "jwt_read",
    "jwt_filer_write",
    "jwt_filer_read",
)
KEY_NAMES = ("secret", "content", "identity", "pepper", "journal")
DATABASE = "fundguard"
USER = "app"


@dataclass(frozen=True)
class State:
    """What the state file holds, and the addresses that follow from it."""

    home: Path
    ports: Mapping[str, int]
    passwords: Mapping[str, str]
    keys: Mapping[str, str]

    @property
    def database_url(self) -> str:
        """Address of the embedded PostgreSQL."""
        login = f"{USER}:{self.passwords['postgresql']}"
        return f"postgresql://{login}@127.0.0.1:{self.ports['postgresql']}/{DATABASE}"

    @property
    def redis_url(self) -> str:
        """Address of the embedded Valkey."""
        return f"redis://:{self.passwords['valkey']}@127.0.0.1:{self.ports['valkey']}/0"

    @property
    def s3_endpoint(self) -> str:
        """Address of the embedded object store."""
        return f"http://127.0.0.1:{self.ports['s3']}"


def load(home: Path | None = None) -> State:
    """The state of a home folder, made on first use."""
    home = home or env.home()
    path = home / "state.json"
    if not path.exists():
        with locks.exclusive(home):
            if not path.exists():
                save(_fresh(home))
    held = json.loads(path.read_text())
    if held.get("format") != FORMAT:
        raise env.SettingRefused(
            f"{path} was written by another version. Move {home} away and start again, or use that version."
        )
    state = State(home=home, ports=held["ports"], passwords=held["passwords"], keys=held["keys"])
    return state if set(KEY_NAMES) <= state.keys.keys() else _with_new_keys(home)


def save(state: State) -> None:
    """Write the state so that a crash leaves the old or the new file, never half of one."""
    path = state.home / "state.json"
    draft = path.with_suffix(".new")
    held = {
        "format": FORMAT,
        "ports": dict(state.ports),
        "passwords": dict(state.passwords),
        "keys": dict(state.keys),
    }
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(held, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _fresh(home: Path) -> State:
    return State(
        home=home,
        ports=dict(zip(PORT_NAMES, ports.free(len(PORT_NAMES)), strict=True)),
        passwords={name: secrets.token_hex(20) for name in PASSWORD_NAMES},
        keys={name: _new_key() for name in KEY_NAMES},
    )


def _with_new_keys(home: Path) -> State:
    """Add the keys that the product did not know yet when the folder was made."""
    with locks.exclusive(home):
        held = json.loads((home / "state.json").read_text())
        keys = {name: _new_key() for name in KEY_NAMES} | held["keys"]
        state = State(home=home, ports=held["ports"], passwords=held["passwords"], keys=keys)
        save(state)
    return state


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
