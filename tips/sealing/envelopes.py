"""Envelopes for the words, files and identity of a tip.

AES-256-GCM with a random nonce; the context of every envelope is authenticated, so that nothing sealed for one
place opens at another. Each tip has a random content key, wrapped once for the bureau and once for whoever has the
receipt code, and a random identity key, wrapped under a second key of the bureau. A key that a master key of the
bureau wrapped carries the name of that master key (`key_ring`), so that master keys can be changed.
"""

import contextlib
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tips.rules.derived_keys import derived
from tips.sealing import key_ring
from tips.sealing.key_ring import MasterKey, Ring

VERSION = b"\x01"
NAMED_VERSION = b"\x02"
NAMED_HEAD = 1 + key_ring.ID_LENGTH
NONCE_LENGTH = 12
KEY_LENGTH = 32
Envelope = bytes | memoryview
"""An envelope as the database gives it."""


class SealBroken(Exception):
    """The envelope was altered, belongs elsewhere, or the key is another one. Says nothing more."""


class MasterKeyMissing(SealBroken):
    """The settings hold no master key of the name that the wrapped key carries."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return secrets.token_bytes(KEY_LENGTH)


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    """Envelope of `plain` that opens only with the same key and context."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, _bound(context))


def unseal(key: bytes, envelope: Envelope, context: str) -> bytes:
    """What an envelope holds. Raises: SealBroken."""
    whole = bytes(envelope)
    nonce, sealed = whole[1 : 1 + NONCE_LENGTH], whole[1 + NONCE_LENGTH :]
    if whole[:1] != VERSION or len(nonce) != NONCE_LENGTH:
        raise SealBroken
    try:
        return AESGCM(key).decrypt(nonce, sealed, _bound(context))
    except InvalidTag:
        raise SealBroken from None


def seal_json(key: bytes, value: Any, context: str) -> bytes:
    """Envelope of a JSON value."""
    return seal(key, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), context)


def unseal_json(key: bytes, envelope: Envelope, context: str) -> Any:
    """The JSON value of an envelope. Raises: SealBroken."""
    return json.loads(unseal(key, envelope, context))


def wrap_for_bureau(content_key: bytes, tip_number: str) -> bytes:
    """The tip's content key for the bureau's servers, under the current master key."""
    return _wrapped(key_ring.content(), content_key, f"{tip_number} key for bureau")


def unwrap_for_bureau(wrapped: Envelope, tip_number: str) -> bytes:
    """The tip's content key, opened with the master key that wrapped it. Raises: SealBroken."""
    return _unwrapped(key_ring.content(), wrapped, f"{tip_number} key for bureau")


def master_of(wrapped: Envelope) -> bytes | None:
    """The name of the master key that wrapped it; None from before master keys had names."""
    head = bytes(wrapped[:NAMED_HEAD])
    return head[1:] if head[:1] == NAMED_VERSION else None


def wrap_for_tipster(content_key: bytes, tipster_key: bytes, tip_number: str) -> bytes:
    """The tip's content key for whoever has the receipt code."""
    return seal(tipster_key, content_key, f"{tip_number} key for tipster")


def unwrap_for_tipster(wrapped: Envelope, tipster_key: bytes, tip_number: str) -> bytes:
    """The tip's content key, opened with the key of the receipt code. Raises: SealBroken."""
    return unseal(tipster_key, wrapped, f"{tip_number} key for tipster")


def wrap_identity_key(identity_key: bytes, tip_number: str) -> bytes:
    """The tip's identity key under the bureau's identity key, which is another one than the content key."""
    return _wrapped(key_ring.identity(), identity_key, f"{tip_number} identity key")


def unwrap_identity_key(wrapped: Envelope, tip_number: str) -> bytes:
    """The tip's identity key. Raises: SealBroken."""
    return _unwrapped(key_ring.identity(), wrapped, f"{tip_number} identity key")


def tipster_key(code: str) -> bytes:
    """The key that the receipt code gives by HKDF; 100 random bits need no slow hash."""
    return derived(code.encode(), b"fundguard tipster key 1")


def _wrapped(ring: Ring, plain: bytes, context: str) -> bytes:
    """An envelope that begins with the name of its master key, which it is bound to."""
    master = ring.current
    return NAMED_VERSION + master.id + seal(master.wrapping_key, plain, _under(context, master))


def _unwrapped(ring: Ring, envelope: Envelope, context: str) -> bytes:
    whole = bytes(envelope)
    if whole[:1] != NAMED_VERSION:
        return _unwrapped_nameless(ring, whole, context)
    master = ring.named(whole[1:NAMED_HEAD])
    if master is None:
        raise MasterKeyMissing
    return unseal(master.wrapping_key, whole[NAMED_HEAD:], _under(context, master))


def _unwrapped_nameless(ring: Ring, whole: bytes, context: str) -> bytes:
    """Wrapped before master keys had names: whichever of them opens it."""
    for master in ring:
        with contextlib.suppress(SealBroken):
            return unseal(master.wrapping_key, whole, context)
    raise SealBroken


def _under(context: str, master: MasterKey) -> str:
    return f"{context} under {master.id.hex()}"


def _bound(context: str) -> bytes:
    return b"fundguard 1\0" + context.encode()
