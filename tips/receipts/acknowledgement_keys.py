"""The key that signs acknowledgements (Ed25519), derived from the journal's key and no part of it.

Whoever files a report can have statements signed at will. The key that seals the journal is therefore never used for
them; docs/decisions says why this one is derived instead of kept beside it.
"""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from tips.rules.derived_keys import derived


def key_id_of(public: bytes) -> str:
    """Sixteen hex digits that name a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def public_key() -> bytes:
    """The public half of the key in use, 32 bytes."""
    return _private(settings.JOURNAL_KEY).public_key().public_bytes_raw()


def key_id() -> str:
    """The name of the key in use."""
    return key_id_of(public_key())


def published() -> dict[str, bytes]:
    """Public keys by name: the one in use first, then those used before it."""
    return {key_id_of(key): key for key in (public_key(), *settings.ACKNOWLEDGEMENT_EARLIER_KEYS)}


def sign(text: str) -> bytes:
    """The signature over a statement."""
    return _private(settings.JOURNAL_KEY).sign(text.encode())


def is_signed(text: str, signature: bytes, name: str) -> bool:
    """Whether the published key of that name signed the text."""
    public = published().get(name)
    if public is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=2)
def _private(journal_key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived(journal_key, b"fundguard acknowledgement key 1"))
