"""Amounts in capital characters (大写金额) for documents, after 《支付结算办法》 annex 1 (RECALLED)."""

from casework.rules.money import Money

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def capital_amount(money: Money) -> str:
    """Return an amount as 人民币…元…角…分, with 整 where no fen follow and 负 before a negative one."""
    fen = abs(money.fen)
    yuan, cents = divmod(fen, 100)
    words = ("负" if money.fen < 0 else "") + "人民币"
    if yuan or not cents:
        words += (_whole(yuan) or "零") + "元"
    return words + _fraction(cents, after_yuan=bool(yuan))


def _fraction(cents: int, *, after_yuan: bool) -> str:
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整"
    words = DIGITS[jiao] + "角" if jiao else ("零" if after_yuan else "")
    return words + (DIGITS[fen] + "分" if fen else "整")


def _whole(yuan: int) -> str:
    """Spell a whole number below 10^12 in groups of four digits."""
    words, gap = "", False
    for index in reversed(range(len(GROUPS))):
        group = yuan // 10_000**index % 10_000
        if not group:
            gap = gap or bool(words)
            continue
        if words and (gap or group < 1_000):
            words += "零"
        words += _group(group) + GROUPS[index]
        gap = False
    return words


def _group(group: int) -> str:
    words, gap = "", False
    for index in reversed(range(len(PLACES))):
        digit = group // 10**index % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + PLACES[index]
        gap = False
    return words
