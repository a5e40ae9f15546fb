"""The receipt code: 20 random base-32 characters (100 bits) and two check characters.

The code is never stored. It is derived from the seed of the filing form, so that a form sent twice leads to one
tip and one code, and is known afterwards to the tipster alone; the register keeps a peppered HMAC of it.
"""

import hashlib
import hmac

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tips.rules.derived_keys import derived
from tips.sealing import key_ring
from workflows.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH, CHECK_LENGTH, GROUP = 20, 2, 4
LENGTH = RANDOM_LENGTH + CHECK_LENGTH
CONFIRM_LENGTH = 6
PREFIX_LENGTH = 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " -\u2010\u2011\u2013\u2014\u3000\t\r\n.")


class Mistyped(Refusal):
    """The check characters show that the code was mistyped."""

    code = "code_mistyped"
    text = _(
        "This code has a typing error: compare it with your receipt, character by character. "
        "It has 22 letters and digits; hyphens and small letters do not matter."
    )
    status = 422


def from_seed(seed: bytes) -> str:
    """The code that belongs to the secret seed of a filing form: 22 characters without hyphens."""
    values = [byte & 31 for byte in derived(seed, b"fundguard receipt code 1", RANDOM_LENGTH)]
    return "".join(ALPHABET[value] for value in (*values, *_check_values(values)))


def normalised(typed: str) -> str:
    """The code as typed by a person, without hyphens, in capitals, look-alikes read as digits.

    Raises: Mistyped. Two check characters of a Reed-Solomon code find every wrong character, every
    transposition, and any other two wrong characters.
    """
    code = typed.translate(_SEPARATORS).upper().translate(_LOOKALIKES)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        raise Mistyped
    values = [ALPHABET.index(character) for character in code]
    if _check_values(values[:RANDOM_LENGTH]) != tuple(values[RANDOM_LENGTH:]):
        raise Mistyped
    return code


def grouped(code: str) -> str:
    """The code in groups of four, as it is shown and printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def ends_with(code: str, typed: str) -> bool:
    """Whether a person typed the last six characters, as proof that the code was kept.

    Whoever counts the hyphen as one of the six is right too.
    """
    tail = typed.translate(_SEPARATORS).upper().translate(_LOOKALIKES)
    if len(typed.strip()) < CONFIRM_LENGTH or len(tail) < CONFIRM_LENGTH - 1:
        return False
    return hmac.compare_digest(tail.encode(), code[-len(tail) :].encode())


def digest(code: str) -> bytes:
    """What the register keeps of a code: HMAC-SHA-256 under the pepper."""
    return _hmac(b"receipt", code)


def digests(code: str) -> list[bytes]:
    """The digests under the pepper and under each earlier one: receipts live as long as people keep them."""
    return [_hmac(b"receipt", code, pepper) for pepper in key_ring.peppers()]


def supervisor_digest(code: str) -> bytes:
    """What the register keeps of a social supervisor's personal code, which is built like a receipt code."""
    return _hmac(b"supervisor", code)


def prefix_mark(code: str) -> str:
    """A mark of the code's first characters for counting wrong tries; tells nothing without the pepper."""
    return _hmac(b"prefix", code[:PREFIX_LENGTH]).hex()[:24]


def look_up_mark(code: str) -> str:
    """A mark of a code that somebody typed, for the ticket of a wait; tells nothing without the pepper."""
    return _hmac(b"look up", code).hex()[:32]


def _hmac(purpose: bytes, text: str, pepper: bytes | None = None) -> bytes:
    return hmac.digest(pepper or settings.RECEIPT_PEPPER, purpose + b"\0" + text.encode(), hashlib.sha256)


def _field_tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers and logarithms of the field GF(32) with x⁵ + x² + 1."""
    powers, logarithms, value = [0] * 62, [0] * 32, 1
    for exponent in range(31):
        powers[exponent] = powers[exponent + 31] = value
        logarithms[value] = exponent
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return tuple(powers), tuple(logarithms)


_POWERS, _LOGARITHMS = _field_tables()


def _times(one: int, other: int) -> int:
    return _POWERS[_LOGARITHMS[one] + _LOGARITHMS[other]] if one and other else 0


def _check_values(values: list[int]) -> tuple[int, ...]:
    """Remainder of the message by (x − α)(x − α²): the shortened Reed-Solomon code has distance 3."""
    first, second = _POWERS[1] ^ _POWERS[2], _POWERS[3]
    high = low = 0
    for value in values:
        factor = value ^ high
        high, low = low ^ _times(factor, first), _times(factor, second)
    return high, low
