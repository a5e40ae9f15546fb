"""docs/how-to/separate-database-roles.md, played: an owner that is no superuser, an application that owns nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from config import env
from config.embedded import state

pytestmark = pytest.mark.slow
NAME = f"bureau_{os.getpid()}"
OWNER, APPLICATION = f"{NAME}_owner", f"{NAME}_app"


def address(role: str = "") -> str:
    """Address of the bureau's database for a role; without one, of the server for its superuser."""
    kept = urlsplit(env.text("DATABASE_OWNER_URL") or state.load().owner_url)
    if not role:
        return urlunsplit(kept)
    return urlunsplit(kept._replace(netloc=f"{role}:word@{kept.hostname}:{kept.port}", path=f"/{NAME}"))


def manage(*words: str, owner: str = "") -> subprocess.CompletedProcess[str]:
    """A command of manage.py with these two addresses."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=env.child_environment(
            DATABASE_URL=address(APPLICATION),
            DATABASE_OWNER_URL=address(owner) if owner else "",
            DJANGO_SETTINGS_MODULE="config.settings.dev",
        ),
        cwd=env.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bureau() -> Iterator[psycopg.Connection]:
    """The statements of the page, and a connection of the server's superuser."""
    with psycopg.connect(address(), autocommit=True) as server:
        for role in (OWNER, APPLICATION):
            server.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'word'")
        server.execute(f"CREATE DATABASE {NAME} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
        yield server
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        for role in (APPLICATION, OWNER):
            server.execute(f"DROP ROLE {role}")


def test_the_how_to_gives_an_application_that_works_and_owns_nothing(bureau: psycopg.Connection) -> None:
    refused = manage("migrate")
    assert refused.returncode == 1
    assert "DATABASE_OWNER_URL is not set." in refused.stderr
    assert refused.stderr.count("\n") == 1

    migrated = manage("migrate", "--verbosity", "0", owner=OWNER)
    assert migrated.returncode == 0, migrated.stderr
    for words in (("publish_models",), ("check", "--database", "default"), ("verify_journal",)):
        done = manage(*words)
        assert done.returncode == 0, done.stderr + done.stdout

    bureau.execute(f"GRANT {OWNER} TO {APPLICATION}")
    found = manage("check", "--database", "default")
    assert "house.E002" in found.stderr
    assert found.returncode == 1
