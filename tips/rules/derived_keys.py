"""Keys that follow from other secrets: one for each purpose, none leads back or to another.

HKDF (RFC 5869) with SHA-256 and no salt; what goes in is random. A purpose never changes: whatever was sealed under
its key could not be opened any more.
"""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LENGTH = 32


def derived(secret: bytes, purpose: bytes, length: int = LENGTH) -> bytes:
    """The key of a secret for one purpose."""
    return HKDF(hashes.SHA256(), length=length, salt=None, info=purpose).derive(secret)
