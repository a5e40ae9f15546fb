"""Proofs of work after the scheme of ALTCHA: made here, solved by the browser, checked in a moment.

A proof belongs to one binding (a form, a look-up page) and says how much effort went into it. The solver has to try
about `TRIES` × 2^effort counters of `settings.PROOF_COST` rounds of PBKDF2 each; the checker compares one HMAC.
"""

import binascii
import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings

from tips.rules.derived_keys import derived

ALGORITHM = "PBKDF2/SHA-256"
TRIES = 192
LIFE = timedelta(minutes=30)
LONGEST = 4000
"""Characters of a solution; a longer one is no solution."""


def challenge(binding: str, effort: int) -> dict[str, Any]:
    """A task for the browser, as JSON. Its life is measured by the machine's clock, which the checker looks at too."""
    tries = TRIES << effort
    made = altcha.create_challenge(
        ALGORITHM,
        settings.PROOF_COST,
        counter=tries // 2 + secrets.randbelow(tries),
        expires_at=datetime.now(UTC) + LIFE,
        data={"for": mark(binding), "effort": effort},
        hmac_secret=_key(b"challenge"),
        hmac_key_secret=_key(b"solution"),
    )
    return made.to_dict()


def proved_effort(payload: str, binding: str) -> int | None:
    """How much effort a solution for this binding proves; nothing for what is wrong, foreign or too old."""
    if not payload or len(payload) > LONGEST:
        return None
    try:
        given = altcha.Payload.from_base64(payload)
        verified = altcha.verify_solution(
            given, _key(b"challenge"), hmac_key_secret=_key(b"solution")
        ).verified
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, json.JSONDecodeError):
        return None
    said = given.challenge.parameters.data or {}
    if not verified or not secrets.compare_digest(str(said.get("for")), mark(binding)):
        return None
    return int(said["effort"])


def mark(binding: str) -> str:
    """A short mark of a form or page; the form's own secret does not follow from it."""
    return hashlib.sha256(f"fundguard effort {binding}".encode()).hexdigest()[:32]


def _key(purpose: bytes) -> bytes:
    return derived(settings.SECRET_KEY.encode(), b"fundguard proof of work " + purpose)
