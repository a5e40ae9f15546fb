"""The cache over Redis or Valkey, with one pool of connections for the process."""

from functools import lru_cache
from typing import Any

from django.core.cache.backends import redis


@lru_cache(maxsize=8)
def _client(servers: tuple[str, ...], options: tuple[tuple[str, Any], ...]) -> redis.RedisCacheClient:
    return redis.RedisCacheClient(list(servers), **dict(options))


class RedisCache(redis.RedisCache):
    """Django's cache. Under ASGI that makes one for each request, and each would connect anew."""

    @property
    def _cache(self) -> redis.RedisCacheClient:
        servers, options = self._servers, self._options  # type: ignore[attr-defined]
        return _client(tuple(servers), tuple(sorted(options.items())))
