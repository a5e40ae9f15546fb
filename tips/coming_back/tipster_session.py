"""The quarter of an hour in which a tipster may look at a report after giving the receipt code.

Neither code nor content key is kept in the clear anywhere. The cookie holds a random token. The cache holds, under
a fingerprint of the token, the tip's id and the key derived from the code, sealed under a key derived from the
token: the cache without the cookie opens nothing, and the cookie without the cache opens nothing either.
"""

import contextlib
import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from tips.errors import Destroyed, LookUpDown
from tips.models import Tip
from tips.rules.commitment import salt_of
from tips.rules.derived_keys import derived
from tips.sealing import contents, envelopes

LIFE = 15 * 60
CONTEXT = "tipster session"


@dataclass(frozen=True)
class TipsterSession:
    """A tip with its content key and the salt of its acknowledgement, for the length of one request."""

    tip: Tip
    content_key: bytes
    proof_salt: bytes

    @property
    def mark(self) -> str:
        """Tells pages of this report from those of another one; says nothing to anybody else."""
        return salted_hmac("tips.tab", str(self.tip.pk), algorithm="sha256").hexdigest()[:16]


def begin(response: HttpResponse, tip: Tip, code: str) -> None:
    """Let the browser look at a tip for a quarter of an hour. Raises: LookUpDown."""
    token = secrets.token_urlsafe(32)
    sealed = envelopes.seal(_key(token), envelopes.tipster_key(code), CONTEXT)
    try:
        _cache().set(_place(token), {"tip": tip.pk, "key": sealed}, LIFE)
    except RedisError as error:
        raise LookUpDown from error
    response.set_cookie(
        cookie_name(), token, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict"
    )


def current(request: HttpRequest) -> TipsterSession | None:
    """The tip that this browser may look at; the quarter of an hour begins anew. Raises: LookUpDown."""
    token = request.COOKIES.get(cookie_name(), "")
    if not token:
        return None
    try:
        kept = _cache().get(_place(token))
        if kept is not None:
            _cache().touch(_place(token), LIFE)
    except RedisError as error:
        raise LookUpDown from error
    if kept is None:
        return None
    found = Tip.objects.select_related("bureau", "institution", "run", "case").filter(pk=kept["tip"]).first()
    if found is None:
        return None
    tipster_key = envelopes.unseal(_key(token), kept["key"], CONTEXT)
    try:
        content_key = contents.content_key_for_tipster(found, tipster_key)
    except Destroyed:
        # Purged in these minutes: the code is as unknown now as any other.
        return None
    return TipsterSession(found, content_key, salt_of(tipster_key))


def end(request: HttpRequest, response: HttpResponse) -> None:
    """Forget the look-up in the cache and in the browser, with what the browser kept of the pages."""
    token = request.COOKIES.get(cookie_name(), "")
    if token:
        # With the cache down it ends by itself within the quarter of an hour.
        with contextlib.suppress(RedisError):
            _cache().delete(_place(token))
    response.delete_cookie(cookie_name(), samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'


def cookie_name() -> str:
    """The cookie's name; with TLS the prefix binds it to this host alone."""
    return "__Host-report" if settings.SESSION_COOKIE_SECURE else "report"


def _place(token: str) -> str:
    return f"tipster:{hashlib.sha256(token.encode()).hexdigest()}"


def _key(token: str) -> bytes:
    return derived(token.encode(), b"fundguard tipster session 1")


def _cache() -> BaseCache:
    return caches["short_lived"]
