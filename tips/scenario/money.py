"""The bank's answers to payments, and the year's money for rewards."""

from typing import Any

from tips.models import PaymentLine, RewardBudget
from tips.rewards.budget_figures import figures_of
from tips.scenario.citizen import reward_of
from tips.services.read_bank_answers import read_bank_answers
from tips.services.take_bank_file import take_bank_file
from workflows.scenarios import Failure, Player, act, compare, expectation


@act("take_bank_file")
def take_file(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Take the file for the bank; `contains` and `without` are texts that it must, and must not, hold."""
    batch = _line(player).batch
    words = take_bank_file(actor=player.account(who), batch=batch, now=player.now).decode("utf-8-sig")
    if missing := [one for one in entries.get("contains", []) if str(one) not in words]:
        raise Failure(f"the file for the bank does not hold {', '.join(missing)}")
    if told := [one for one in entries.get("without", []) if str(one) in words]:
        raise Failure(f"the file for the bank tells {', '.join(told)}")


@act("read_bank_answer")
def read_bank_answer(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Read in a file of the bank with one answer: `result` (已付, 退回), `voucher`, and `ground` of a return."""
    line = _line(player)
    cells = [line.reference, entries["result"], f"{player.now.astimezone():%Y-%m-%d}", entries["voucher"]]
    content = ",".join([*cells, entries.get("ground", "")]).encode("gb18030")
    actor, key = player.account(who), player.key()
    recorded, refused = read_bank_answers(
        actor=actor, batch=line.batch, content=content, key=key, now=player.now
    )
    if refused or not recorded:
        raise Failure(f"{recorded} answers were recorded; refused: {refused}")


@expectation("payments")
def payments(player: Player, wanted: list[dict[str, Any]]) -> None:
    """Every line in which the reward went to the bank, in the order of time: state, amount, ground."""
    lines = PaymentLine.objects.filter(reward=reward_of(player)).order_by("id")
    if len(lines) != len(wanted):
        raise Failure(f"the reward went to the bank in {len(lines)} lines, expected {len(wanted)}")
    for number, (facts, line) in enumerate(zip(wanted, lines, strict=True), 1):
        found = {"state": line.state, "amount": line.amount, "ground": line.return_ground or None}
        compare(f"payment {number}", facts, found)


@expectation("budget")
def budget(player: Player, wanted: dict[int, dict[str, Any]]) -> None:
    """Year → granted, promised, paid, free in yuan."""
    for year, facts in wanted.items():
        held = RewardBudget.objects.filter(year=year).first()
        if held is None:
            raise Failure(f"there is no reward budget for {year}")
        figures = figures_of(held)
        found = {name: getattr(figures, name).amount for name in ("granted", "promised", "paid", "free")}
        compare(f"budget {year}", facts, found)


def _line(player: Player) -> PaymentLine:
    found = PaymentLine.objects.filter(reward=reward_of(player)).select_related("batch").order_by("id").last()
    if found is None:
        raise Failure("the reward was not put into a batch")
    return found
