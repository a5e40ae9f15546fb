"""A database server, a broker database and a bucket that live for one fault run, and how children find them."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import redis
from django.conf import settings
from django.db import connection

from config import env
from faults.database import MortalPostgresql, own_postgresql
from workflows.now import now
from workflows.scenarios.registry import preparations
from workflows.scenarios.throwaway import changed, throwaway_databases

CHILD_SETTINGS = "config.settings.dev"
BROKER_DATABASES = range(31, 0, -1)
MARK = "fault-run"


class NoFreeBroker(RuntimeError):
    """Every broker database is in use."""


@dataclass(frozen=True)
class Surroundings:
    """Folder for logs, the environment that leads children to the throw-away parts, and the database server."""

    folder: Path
    environment: dict[str, str]
    postgresql: MortalPostgresql


@contextmanager
def throwaway_surroundings(*, redis_url: str = "", **variables: str) -> Iterator[Surroundings]:
    """Make them, with the demo bureau's people; this process uses the same database and bucket.

    A `redis_url` names a broker of the caller's own; `variables` are added to the children's environment.
    """
    with ExitStack() as stack:
        postgresql = stack.enter_context(own_postgresql())
        copies = stack.enter_context(throwaway_databases())
        copies.fresh()
        for preparation in preparations:
            preparation(now())
        broker = redis_url or stack.enter_context(_empty_broker())
        bucket = (
            f"{settings.OBJECT_STORE.bucket.removesuffix('-scenarios')}-{datetime.now(UTC):%y%m%d%H%M%S%f}"
        )
        stack.enter_context(changed("OBJECT_STORE", replace(settings.OBJECT_STORE, bucket=bucket)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fundguard-faults-")))
        yield Surroundings(folder, _environment(broker, bucket) | variables, postgresql)


def database_url(name: str = "") -> str:
    """Address of this process's database, or of another one on the same server."""
    held = connection.settings_dict
    login = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}"
    return f"postgresql://{login}@{held['HOST']}:{held['PORT']}/{quote(name or held['NAME'])}"


def _environment(broker: str, bucket: str) -> dict[str, str]:
    return env.child_environment(
        DJANGO_SETTINGS_MODULE=CHILD_SETTINGS,
        DATABASE_URL=database_url(),
        # Web, worker and beat do without the owner of the tables.
        DATABASE_OWNER_URL="",
        REDIS_URL=broker,
        S3_BUCKET=bucket,
        FUNDGUARD_DATABASE_POOL="8",
        FUNDGUARD_LOG_LEVEL="WARNING",
        # Citizens of fault runs share the machine with the product: their browsers' work is kept small.
        FUNDGUARD_PROOF_COST="10",
    )


@contextmanager
def _empty_broker() -> Iterator[str]:
    """A broker database with nothing in it, marked as taken, emptied at the end."""
    base = settings.REDIS_URL.rpartition("/")[0]
    for number in BROKER_DATABASES:
        url = f"{base}/{number}"
        with redis.Redis.from_url(url) as client:
            if client.dbsize() == 0 and client.set(MARK, "1", nx=True):
                try:
                    yield url
                finally:
                    client.flushdb()
                return
    raise NoFreeBroker("all databases of the broker hold data")
