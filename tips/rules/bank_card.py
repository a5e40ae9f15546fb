"""The check digit of a bank card number (银行卡号, ISO/IEC 7812-1, JR/T 0008): what a slip of the finger breaks."""

import re

_UNIONPAY_CARD = re.compile(r"62[0-9]{14,17}")


def is_misspelt_card(account: str) -> bool:
    """Tell whether digits look like a UnionPay card, 16 to 19 digits from 62 on, but for the last one.

    Passbooks and older accounts follow the rules of each bank and may look so too: ask, do not refuse.
    """
    return bool(_UNIONPAY_CARD.fullmatch(account)) and _luhn_sum(account) % 10 != 0


def _luhn_sum(digits: str) -> int:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return sum(doubled) + sum(int(digit) for digit in digits[-1::-2])
