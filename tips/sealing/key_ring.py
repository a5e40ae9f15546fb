"""The bureau's master keys by name: the current one wraps, the earlier ones open what they wrapped.

A key's name is the beginning of a hash of it: it can be shown and stored, and tells nothing of the key.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from tips.rules.derived_keys import derived

ID_LENGTH = 8


@dataclass(frozen=True)
class MasterKey:
    """One master key with its name."""

    id: bytes
    material: bytes
    purpose: bytes

    @property
    def wrapping_key(self) -> bytes:
        """What wraps: never the master key itself."""
        return derived(self.material, self.purpose)


@dataclass(frozen=True)
class Ring:
    """The keys of one purpose, the current one first."""

    keys: tuple[MasterKey, ...]

    def __iter__(self) -> Iterator[MasterKey]:
        return iter(self.keys)

    @property
    def current(self) -> MasterKey:
        """The key that wraps."""
        return self.keys[0]

    def named(self, key_id: bytes) -> MasterKey | None:
        """The key of that name, if the settings still hold it."""
        return next((key for key in self.keys if key.id == key_id), None)


def content() -> Ring:
    """Keys around the words and files of tips."""
    return _ring((settings.CONTENT_KEY, *settings.CONTENT_EARLIER_KEYS), b"fundguard content wrapping 1")


def identity() -> Ring:
    """Keys around identities."""
    return _ring((settings.IDENTITY_KEY, *settings.IDENTITY_EARLIER_KEYS), b"fundguard identity wrapping 1")


def peppers() -> tuple[bytes, ...]:
    """The pepper of receipt codes, then those used before."""
    return (settings.RECEIPT_PEPPER, *settings.RECEIPT_EARLIER_PEPPERS)


def id_of(material: bytes) -> bytes:
    """The name of a key."""
    return hashlib.sha256(b"fundguard master key 1\0" + material).digest()[:ID_LENGTH]


def _ring(materials: tuple[bytes, ...], purpose: bytes) -> Ring:
    return Ring(tuple(MasterKey(id_of(material), material, purpose) for material in materials))
