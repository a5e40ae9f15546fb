"""Whose unfinished upload it is: the form that is being filled in, or the report that was looked up.

A form carries a basket: a random secret of its own, signed. It is another one than the form's key, from which the
receipt code follows, so that a browser may keep it while a page is loaded again.
"""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from tips.models import Tip, TipUpload
from tips.rules.derived_keys import derived

LENGTH = 32


@dataclass(frozen=True)
class Owner:
    """Who may go on with an upload, and the key under which its file key is wrapped."""

    wrapping_key: bytes
    tip: Tip | None = None
    basket: str = ""

    def uploads(self) -> QuerySet[TipUpload]:
        """The uploads of this owner alone."""
        return TipUpload.objects.filter(tip=self.tip, basket=self.basket)


def new_basket() -> str:
    """A basket for the hidden field of a new form."""
    return _signer().sign(urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode())


def owner_of_basket(basket: str) -> Owner | None:
    """The owner that a basket stands for; None for one that was not made here."""
    try:
        secret = urlsafe_b64decode(_signer().unsign(basket))
    except (BadSignature, ValueError):
        return None
    mark = hashlib.sha256(b"fundguard basket mark 1\0" + secret).hexdigest()
    return Owner(derived(secret, b"fundguard basket key 1"), basket=mark)


def _signer() -> Signer:
    return Signer(salt="tips.basket")
