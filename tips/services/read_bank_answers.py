"""Read in what the bank answered: all lines are checked first, then each payment is recorded once."""

from datetime import datetime

from django.utils.translation import gettext as _

from casework.models import Account
from casework.rule_sentences import invalid
from tips.models import PaymentBatch, PaymentLine, Payout
from tips.rules.bank_file import PAID, Answer, BadAnswers, answers
from tips.services.book_return import book_return
from tips.services.order_payment import Refused
from tips.services.pay_reward import pay_reward
from workflows import journal
from workflows.errors import AlreadyDone, Invalid, Refusal, Repeated
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date

Ground = PaymentLine.Ground


def read_bank_answers(
    *, actor: Account, batch: PaymentBatch, content: bytes, key: str, now: datetime
) -> tuple[int, Refused]:
    """Record the answers of one batch; returns how many, and what was refused. A repeat records nothing twice.

    Raises: Invalid when a line cannot be read or is not of this batch: then nothing is recorded.
    """
    try:
        found = answers(content)
    except BadAnswers as refused:
        raise invalid(refused, "file") from refused
    lines = {line.reference: line for line in batch.lines.select_related("reward", "batch")}
    for answer in found:
        _check(answer, lines, now)
    _check_vouchers(found, lines)
    done, refused_lines = 0, []
    for answer in found:
        line = lines[answer.reference]
        is_return = line.state == PaymentLine.State.PAID and answer.result != PAID
        if line.state != PaymentLine.State.RELEASED and not is_return:
            refused_lines += _contradictions(line, answer)
            continue
        record = _record_return if is_return else _record
        try:
            record(actor, line, answer, f"{key}:{line.pk}", now)
        except Repeated:
            continue
        except Refusal as refusal:
            refused_lines.append((line.reference, str(refusal)))
            continue
        done += 1
    journal.record(
        "bank_results_read",
        now=now,
        actor=actor,
        subject=("payment", batch.pk),
        batch=batch.number,
        recorded=done,
    )
    return done, refused_lines


def _record_return(actor: Account, line: PaymentLine, answer: Answer, key: str, now: datetime) -> None:
    """The bank gave back what it had paid. Raises: what `book_return` raises."""
    book_return(
        line,
        actor=actor,
        returned_on=answer.on,
        ground=_ground(answer),
        voucher=answer.voucher,
        key=key,
        now=now,
    )


def _ground(answer: Answer) -> str:
    return answer.ground if answer.ground in Ground.values else Ground.OTHER


def _contradictions(line: PaymentLine, answer: Answer) -> Refused:
    """A repeat of what is recorded says nothing; a payment after a return is named, for somebody to follow it up."""
    if (line.state == PaymentLine.State.PAID) == (answer.result == PAID):
        return []
    sentence = _("The answer differs from what is recorded (%(state)s). Nothing was changed; ask the bank.")
    return [(line.reference, sentence % {"state": line.get_state_display()})]


def _check(answer: Answer, lines: dict[str, PaymentLine], now: datetime) -> None:
    line = lines.get(answer.reference)
    if line is None:
        raise Invalid(_("%(reference)s is no payment of this batch."), "file", reference=answer.reference)
    if line.state in (PaymentLine.State.ORDERED, PaymentLine.State.WITHDRAWN):
        raise Invalid(_("%(reference)s was not released to the bank."), "file", reference=answer.reference)
    if answer.on > civil_date(now):
        raise Invalid(_("%(reference)s: the day lies in the future."), "file", reference=answer.reference)


def _check_vouchers(found: list[Answer], lines: dict[str, PaymentLine]) -> None:
    paid = {one.voucher: one.reference for one in found if one.result == PAID}
    used = Payout.objects.filter(voucher__in=paid).values_list("voucher", "reward_id").order_by("pk")
    for voucher, reward_id in used:
        if lines[paid[voucher]].reward_id != reward_id:
            sentence = _("%(reference)s: the voucher %(voucher)s stands on another payment already.")
            raise Invalid(sentence, "file", reference=paid[voucher], voucher=voucher)


def _record(actor: Account, line: PaymentLine, answer: Answer, key: str, now: datetime) -> None:
    """Raises: AlreadyDone when nothing waits for the answer any more, and what `pay_reward` raises."""
    waiting = WorkItem.objects.filter(
        run=line.reward.run_id,
        element_id="pay_reward",
        status__in=(WorkItem.Status.OPEN, WorkItem.Status.SUSPENDED),
    )
    item = waiting.first()
    if item is None:
        raise AlreadyDone
    ground = "" if answer.result == PAID else _ground(answer)
    pay_reward(
        actor=actor,
        work_item=item,
        payment=answer.result,
        paid_on=answer.on,
        voucher=answer.voucher,
        return_ground=ground,
        line=line,
        key=key,
        now=now,
    )
