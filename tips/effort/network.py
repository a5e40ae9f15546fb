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
    try:
        network = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0")
    except ValueError:
        network = ipaddress.ip_address("0.0.0.0")
    coarse = ipaddress.ip_network((network, WIDTH[network.version]), strict=False)
    try:
        key = caches["short_lived"].get_or_set(KEY, lambda: secrets.token_hex(32), KEY_LIFE)
    except RedisError as error:
        raise LookUpDown from error
    return hmac.digest(str(key).encode(), str(coarse).encode(), "sha256").hex()[:24]
