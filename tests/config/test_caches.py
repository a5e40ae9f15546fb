"""The cache of short-lived counts keeps its connections from one request to the next."""

from contextvars import Context
from typing import Any

from django.core.cache import caches


def pool_of_a_request() -> Any:
    cache: Any = caches["short_lived"]
    cache.set("x", 1)
    return cache._cache.get_client().connection_pool


def test_the_cache_of_another_request_uses_the_connections_that_are_open() -> None:
    first, second = Context().run(pool_of_a_request), Context().run(pool_of_a_request)

    assert first is second
