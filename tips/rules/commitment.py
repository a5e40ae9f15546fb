"""The commitment in an acknowledgement: what was filed, hidden under a salt that only the tipster can have.

SHA-256 over a fixed prefix, 32 bytes of salt and the content as canonical JSON. The salt follows from the receipt
code, which the bureau does not keep: nobody can try contents against the commitment without the code.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tips.rules.derived_keys import derived

PREFIX = b"fundguard acknowledgement 1\0"
SALT_LENGTH = 32


def salt_of(tipster_key: bytes) -> bytes:
    """The salt of one report, from the key that its receipt code gives."""
    return derived(tipster_key, b"fundguard acknowledgement salt 1", SALT_LENGTH)


def content_text(words: Mapping[str, Any], file_digests: Iterable[str]) -> str:
    """Words and the SHA-256 of every file as one text; the order of the files makes no difference."""
    return as_text({"words": dict(words), "files": sorted(file_digests)})


def commitment(salt: bytes, content: str) -> str:
    """64 hex digits that stand for the content and tell nothing of it."""
    return hashlib.sha256(PREFIX + salt + content.encode()).hexdigest()


def as_text(facts: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, no escapes but those that JSON needs."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
