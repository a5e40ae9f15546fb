"""The key that signs batches and heads (Ed25519). It lies in the environment, never in the database."""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def key_id_of(public: bytes) -> str:
    """Sixteen hex digits that name a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def public_key() -> bytes:
    """The public half of the key in use, 32 bytes."""
    return _private(settings.JOURNAL_KEY).public_key().public_bytes_raw()


def key_id() -> str:
    """The name of the key in use."""
    return key_id_of(public_key())


def sign(text: str) -> bytes:
    """The signature over a canonical text; its `kind` keeps one sort of text from passing for another."""
    return _private(settings.JOURNAL_KEY).sign(text.encode())


def trusted() -> dict[str, bytes]:
    """Public keys by name: the one in use and those used before it."""
    return {key_id_of(key): key for key in (*settings.JOURNAL_EARLIER_KEYS, public_key())}


def is_signed(text: str, signature: bytes, key: str) -> bool:
    """Whether a trusted key of that name signed the text."""
    public = trusted().get(key)
    if public is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=2)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
