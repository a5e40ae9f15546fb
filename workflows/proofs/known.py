"""The names that models may use, lent by the caller: the registry of the running system, or a test."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Known:
    """Registered names. `operations`: name → "compute" or "effect"; `messages` are sent by the product itself."""

    operations: Mapping[str, str]
    candidates: frozenset[str]
    forms: frozenset[str]
    roles: frozenset[str]
    clocks: frozenset[str]
    messages: frozenset[str] = frozenset()


def known_from(registry: Any, messages: frozenset[str]) -> Known:
    """The names of a registry that has `operations()`, `candidate_names()`, `form_keys()` and so on."""
    return Known(
        operations=dict(registry.operations()),
        candidates=frozenset(registry.candidate_names()),
        forms=frozenset(registry.form_keys()),
        roles=frozenset(registry.role_keys()),
        clocks=frozenset(registry.clock_keys()),
        messages=messages,
    )
