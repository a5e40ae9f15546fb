"""A coarse mark of the network that a visitor comes from, for counting wrong codes; never kept beside a report.

Only the /24 (IPv4) or /48 (IPv6) enters, under a random key that lives for an hour in the cache and nowhere else:
afterwards nobody can tell which network a mark belonged to.
"""

import hmac
import ipaddress
import secrets

from django.core.cache import caches
from django.http import HttpRequest
from redis.exceptions import RedisError

from tips.errors import LookUpDown

KEY, KEY_LIFE = "network-key", 60 * 60
WIDTH = {4: 24, 6: 48}


def network_mark(request: HttpRequest) -> str:
    """The mark of the network of a request. Raises: LookUpDown when the cache is down."""
    coarse = coarse_network(request.META.get("REMOTE_ADDR") or "")
    try:
        key = caches["short_lived"].get_or_set(KEY, lambda: secrets.token_hex(32), KEY_LIFE)
    except RedisError as error:
        raise LookUpDown from error
    return hmac.digest(str(key).encode(), coarse.encode(), "sha256").hex()[:24]


def coarse_network(address: str) -> str:
    """The /24 or /48 of an address, an IPv4 address in IPv6 clothes taken for what it is; unknown ones together."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        found = ipaddress.ip_address("0.0.0.0")
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, WIDTH[found.version]), strict=False))
