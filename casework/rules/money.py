"""Money: yuan with two places, never binary floating point, rounding always stated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from workflows.rules.texts import Refused, gettext_noop, text

FEN = Decimal("0.01")
WAN = Decimal(10_000)
LARGEST = Decimal("999999999999.99")
_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?|[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class BadAmount(Refused):
    """The text is not an amount of money."""


@dataclass(frozen=True, order=True)
class Money:
    """An exact amount in yuan; may be negative in a ledger.

    Raises: TypeError for a float, ValueError for more than two places, BadAmount above 999,999,999,999.99.
    """

    amount: Decimal

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError("Money takes a Decimal; use from_fen or parse for other values")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount in yuan and fen")
        if abs(self.amount) > LARGEST:
            raise _bad(gettext_noop("%(written)s is more than 999,999,999,999.99 yuan."), f"{self.amount:,f}")
        if self.amount % FEN:
            raise ValueError(f"{self.amount} is not an amount in yuan and fen")
        object.__setattr__(self, "amount", self.amount.quantize(FEN))

    @classmethod
    def yuan(cls, yuan: int | str) -> "Money":
        """Return an amount written in the code or in data, such as "929.50"."""
        if isinstance(yuan, bool) or not isinstance(yuan, int | str):
            raise TypeError("an amount is written as a whole number or as text")
        return cls(Decimal(yuan))

    @classmethod
    def from_fen(cls, fen: int) -> "Money":
        """Return the amount of a whole number of fen (分), as process data carry it."""
        if isinstance(fen, bool) or not isinstance(fen, int):
            raise TypeError("fen are whole numbers")
        return cls(Decimal(fen).scaleb(-2))

    @classmethod
    def rounded(cls, yuan: Decimal, rounding: str = ROUND_HALF_UP) -> "Money":
        """Return a computed amount rounded to the fen, half up unless another rule is named."""
        return cls(yuan.quantize(FEN, rounding=rounding))

    @classmethod
    def parse(cls, written: str) -> "Money":
        """Read what a person typed: digits, optional thousands commas, at most two places, not negative.

        Raises: BadAmount with a sentence for the person.
        """
        plain = written.strip()
        if plain.startswith(("-", "−", "－")):
            raise _bad(gettext_noop("“%(written)s” is negative; give an amount of 0 or more."), written)
        if not _PLAIN.fullmatch(plain):
            raise _bad(gettext_noop("“%(written)s” is not an amount in yuan such as 54000.00."), written)
        value = Decimal(plain.replace(",", ""))
        if value <= LARGEST and value % FEN:
            raise _bad(
                gettext_noop("“%(written)s” has more than two decimal places."),
                written,
            )
        return cls(value)

    @property
    def fen(self) -> int:
        """The amount as a whole number of fen."""
        return int(self.amount.scaleb(2))

    def times(self, factor: Decimal | int, rounding: str = ROUND_HALF_UP) -> "Money":
        """Return the product rounded to the fen, half up unless another rule is named."""
        if not isinstance(factor, Decimal | int):
            raise TypeError("money is multiplied by whole numbers and decimals only")
        return Money.rounded(self.amount * factor, rounding)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + other.amount)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - other.amount)

    def __neg__(self) -> "Money":
        return Money(-self.amount)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return str(self.amount)

    def symbol(self) -> str:
        """Return the amount as on a page: ¥54,000.00, with the sign in front."""
        sign = "-" if self.amount < 0 else ""
        return f"{sign}¥{abs(self.amount):,.2f}"

    def wan(self) -> str:
        """Return the amount in 万元 without loss: 54,000 yuan is 5.4万元."""
        return f"{(self.amount / WAN).normalize():,f}万元"


ZERO = Money(Decimal(0))


def total(amounts: Iterable[Money]) -> Money:
    """Return the sum of amounts; 0.00 for none."""
    return sum(amounts, ZERO)


def _bad(template: str, written: str) -> BadAmount:
    return BadAmount("bad_amount", text(template, written=written))
