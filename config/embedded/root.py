"""PostgreSQL refuses to run as root: two ways to run it as somebody else."""

import os
import pwd
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from config.embedded.errors import NoOrdinaryUser

NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
CANDIDATES = ("postgres", "nobody")


def prefix(program: Path, folder: Path) -> list[str]:
    """Words to put before a command so that it does not run as root; none for an ordinary user.

    A user namespace leaves the files root's and works below closed folders; where the machine
    forbids it, an existing user who can reach program and data takes over, and the data are given to it.
    Raises: NoOrdinaryUser.
    """
    if os.geteuid() != 0:
        return []
    if _has_namespaces():
        _give(folder, 0, 0)
        return list(NAMESPACE)
    # Others may pass through the home folder, not look into it; its files are closed one by one.
    folder.parent.chmod(0o711)
    for user in _users():
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        _give(folder, user.pw_uid, user.pw_gid)
        if _works([*as_user, "test", "-x", str(program)]) and _works([*as_user, "test", "-w", str(folder)]):
            return as_user
    raise NoOrdinaryUser(
        "PostgreSQL does not run as root, and this machine allows no user namespaces. Either run as an "
        f"ordinary user, or let the user 'nobody' reach {program.parent} and {folder} (every folder above "
        "them needs permission 711), or name a server in DATABASE_URL."
    )


@lru_cache
def _has_namespaces() -> bool:
    return shutil.which("unshare") is not None and _works([*NAMESPACE, "true"])


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except OSError:
        return False


def _users() -> list[pwd.struct_passwd]:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return [known[name] for name in CANDIDATES if name in known]


def _give(folder: Path, user: int, group: int) -> None:
    if folder.stat().st_uid == user:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, group, follow_symlinks=False)
