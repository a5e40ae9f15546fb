"""Surroundings with a broker and a store of their own, which a run may stop and start."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from config.embedded import state
from config.embedded.seaweedfs import Seaweedfs
from config.embedded.valkey import Valkey
from faults.surroundings import Surroundings, throwaway_surroundings
from workflows.scenarios.throwaway import changed


@dataclass(frozen=True)
class OwnServers:
    """The surroundings, and the two servers that may be stopped."""

    around: Surroundings
    valkey: Valkey
    store: Seaweedfs


@contextmanager
def own_servers(folder: Path, **variables: str) -> Iterator[OwnServers]:
    """Start them below `folder`; this process works with them too."""
    own = state.load(folder)
    valkey, store = Valkey(own, throwaway=True), Seaweedfs(own, throwaway=True)
    place = {
        "S3_ENDPOINT": own.s3_endpoint,
        "S3_ACCESS_KEY": own.passwords["s3_access"],
        "S3_SECRET_KEY": own.passwords["s3_secret"],
    }
    here = replace(
        settings.OBJECT_STORE,
        endpoint=own.s3_endpoint,
        public_endpoint=own.s3_endpoint,
        access_key=own.passwords["s3_access"],
        secret_key=own.passwords["s3_secret"],
    )
    with ExitStack() as stack:
        for server in (valkey, store):
            server.start()
            stack.callback(server.stop)
        stack.enter_context(changed("OBJECT_STORE", here))
        around = stack.enter_context(
            throwaway_surroundings(redis_url=own.redis_url, **{**place, **variables})
        )
        yield OwnServers(around, valkey, store)
