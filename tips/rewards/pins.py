"""Hashes of PINs: Argon2id over an HMAC that binds the PIN to its tip under the pepper of receipt codes.

The table alone gives nothing to try PINs against: the pepper is not in it.
"""

import hashlib
import hmac
import threading

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from tips.models import ClaimPin, Tip
from tips.rules.pin import normalised
from tips.sealing import key_ring

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes 64 MiB: a flood of tries must not take them all at once."""


def digest_of(tip: Tip, pin: str) -> tuple[str, str]:
    """The hash of a PIN under the current pepper, and the name of that pepper."""
    pepper = key_ring.peppers()[0]
    with _AT_ONCE:
        return _HASHER.hash(_bound(tip, pin, pepper)), key_ring.id_of(pepper).hex()


def is_right(tip: Tip, kept: ClaimPin, pin: str) -> bool:
    """Whether it is the PIN; one under an earlier pepper is moved to the current one, as only its owner can."""
    found = next((one for one in key_ring.peppers() if key_ring.id_of(one).hex() == kept.pepper), None)
    if found is None:
        return False
    try:
        with _AT_ONCE:
            _HASHER.verify(kept.digest, _bound(tip, pin, found))
    except (VerificationError, InvalidHashError):
        return False
    if found != key_ring.peppers()[0]:
        kept.digest, kept.pepper = digest_of(tip, pin)
        kept.save(update_fields=["digest", "pepper"])
    return True


def try_mark(tip: Tip) -> str:
    """A mark of the tip for counting wrong PINs; tells nothing without the pepper."""
    words = b"claim pin tries\0" + tip.number.encode()
    return hmac.digest(key_ring.peppers()[0], words, hashlib.sha256).hex()[:24]


def _bound(tip: Tip, pin: str, pepper: bytes) -> bytes:
    words = f"claim pin\0{tip.number}\0{normalised(pin)}".encode()
    return hmac.digest(pepper, words, hashlib.sha256)
