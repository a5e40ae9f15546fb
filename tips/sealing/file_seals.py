"""Keys, names and fingerprints of a tip's files.

Each file has a random key of its own, wrapped under the tip's content key, or, before there is a tip, under the key
of the basket of its form. Name and fingerprint are sealed under the file's key: whoever holds a known file cannot
find out by the database alone whether it was sent in.
"""

import hashlib
import hmac

from tips.sealing import envelopes
from tips.sealing.envelopes import Envelope
from tips.sealing.key_ring import peppers


def wrap_key(wrapping_key: bytes, file_id: object, file_key: bytes) -> bytes:
    """A file's key under the tip's content key or a basket's key."""
    return envelopes.seal(wrapping_key, file_key, f"file {file_id} key")


def unwrap_key(wrapping_key: bytes, file_id: object, wrapped: Envelope) -> bytes:
    """A file's key. Raises: SealBroken."""
    return envelopes.unseal(wrapping_key, wrapped, f"file {file_id} key")


def seal_name(file_key: bytes, file_id: object, name: str) -> bytes:
    """The name of a file, which may name a person."""
    return envelopes.seal(file_key, name.encode(), f"file {file_id} name")


def open_name(file_key: bytes, file_id: object, sealed: Envelope) -> str:
    """The name that a file had on the tipster's device, made safe. Raises: SealBroken."""
    return envelopes.unseal(file_key, sealed, f"file {file_id} name").decode()


def seal_digest(file_key: bytes, file_id: object, digest: bytes) -> bytes:
    """The SHA-256 of the original bytes."""
    return envelopes.seal(file_key, digest, f"file {file_id} digest")


def open_digest(file_key: bytes, file_id: object, sealed: Envelope) -> bytes:
    """The SHA-256 of the original bytes. Raises: SealBroken."""
    return envelopes.unseal(file_key, sealed, f"file {file_id} digest")


def content_mark(digest: bytes) -> str:
    """A mark of the bytes, equal for equal files, telling nothing without the pepper: for finding duplicates."""
    return content_marks(digest)[0]


def content_marks(digest: bytes) -> list[str]:
    """The mark under the present pepper, then under those used before."""
    return [hmac.digest(pepper, b"file mark 1\0" + digest, hashlib.sha256).hex() for pepper in peppers()]
