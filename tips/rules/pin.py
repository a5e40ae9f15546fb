"""Which PINs may guard a claim: 6 to 12 digits or a phrase, and none that everybody tries first. Plain Python.

Source: our design (医保办发〔2022〕22号 asks only that the tipster can be identified).
"""

import re
import unicodedata
from itertools import pairwise

from workflows.rules.texts import Refused, gettext_noop, text

FEWEST_DIGITS, MOST_DIGITS = 6, 12
SHORTEST_PHRASE, LONGEST_PHRASE = 10, 100
FEWEST_SIGNS = 5
"""Different signs in a phrase."""
COMMON = frozenset(
    {
        "112233",
        "123321",
        "147258",
        "147258369",
        "159357",
        "159753",
        "168168168",
        "5201314",
        "1314520",
        "31415926",
    }
)
_DIGITS = re.compile(r"[0-9 \-]+")


class WeakPin(Refused):
    """The PIN is too short, too long, or one that everybody tries first."""


def normalised(typed: str) -> str:
    """The PIN as it counts: full-width signs as narrow ones; in digits no blanks, in a phrase single ones."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if _DIGITS.fullmatch(plain):
        return re.sub(r"[ \-]", "", plain)
    return re.sub(r"\s+", " ", plain)


def checked(typed: str) -> str:
    """The normalised PIN that may be used. Raises: WeakPin with one sentence."""
    pin = normalised(typed)
    if re.fullmatch(r"[0-9]+", pin):
        if not FEWEST_DIGITS <= len(pin) <= MOST_DIGITS:
            raise WeakPin("pin_length", text(gettext_noop("A PIN of digits has 6 to 12 of them.")))
        if is_trivial(pin):
            raise WeakPin(
                "pin_trivial",
                text(gettext_noop("This PIN is among the first that anybody would try. Choose another one.")),
            )
        return pin
    if not SHORTEST_PHRASE <= len(pin) <= LONGEST_PHRASE:
        raise WeakPin(
            "phrase_length",
            text(gettext_noop("Choose 6 to 12 digits, or a phrase of 10 to 100 letters and signs.")),
        )
    if len(set(pin.casefold()) - {" "}) < FEWEST_SIGNS:
        raise WeakPin(
            "phrase_trivial",
            text(gettext_noop("This phrase has too few different signs. Choose another one.")),
        )
    return pin


def is_trivial(digits: str) -> bool:
    """Whether digits repeat, count up or down, are one block over and over, or are on the list of favourites."""
    steps = {(int(right) - int(left)) % 10 for left, right in pairwise(digits)}
    if len(steps) == 1 or digits in COMMON:
        return True
    whole = len(digits)
    return any(
        digits == digits[:size] * (whole // size) for size in range(1, whole // 2 + 1) if whole % size == 0
    )
