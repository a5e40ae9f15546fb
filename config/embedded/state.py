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
    "postgresql_application",
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
# The role that initdb makes: it owns everything. Its name is older than the second role.
OWNER = "app"
APPLICATION = "fundguard"


@dataclass(frozen=True)
class State:
    """What the state file holds, and the addresses that follow from it."""

    home: Path
    ports: Mapping[str, int]
    passwords: Mapping[str, str]
    keys: Mapping[str, str]

    @property
    def database_url(self) -> str:
        """Address of the embedded PostgreSQL for the application, which owns nothing there."""
        return self._database_url(APPLICATION, "postgresql_application")

    @property
    def owner_url(self) -> str:
        """Address of the embedded PostgreSQL for migrations and throw-away databases."""
        return self._database_url(OWNER, "postgresql")

    @property
    def redis_url(self) -> str:
        """Address of the embedded Valkey."""
        return f"redis://:{self.passwords['valkey']}@127.0.0.1:{self.ports['valkey']}/0"

    @property
    def s3_endpoint(self) -> str:
        """Address of the embedded object store."""
        return f"http://127.0.0.1:{self.ports['s3']}"

    def _database_url(self, role: str, password: str) -> str:
        login = f"{role}:{self.passwords[password]}"
        return f"postgresql://{login}@127.0.0.1:{self.ports['postgresql']}/{DATABASE}"


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
    is_complete = set(KEY_NAMES) <= state.keys.keys() and set(PASSWORD_NAMES) <= state.passwords.keys()
    return state if is_complete else _with_new_secrets(home)


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
        passwords={name: _new_password() for name in PASSWORD_NAMES},
        keys={name: _new_key() for name in KEY_NAMES},
    )


def _with_new_secrets(home: Path) -> State:
    """Add the keys and passwords that the product did not know yet when the folder was made."""
    with locks.exclusive(home):
        held = json.loads((home / "state.json").read_text())
        keys = {name: _new_key() for name in KEY_NAMES} | held["keys"]
        passwords = {name: _new_password() for name in PASSWORD_NAMES} | held["passwords"]
        state = State(home=home, ports=held["ports"], passwords=passwords, keys=keys)
        save(state)
    return state


def _new_password() -> str:
    return secrets.token_hex(20)


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
