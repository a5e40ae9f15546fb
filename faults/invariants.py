"""What must hold after a fault run, each as one question to the database or the store; answers are sentences."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from casework import storage
from casework.models import Case, Document, LedgerEntry, NumberCounter
from enforcement.models import Payment, PenaltyDecision
from tips.models import Payout, Reward, Tip, TipMessage
from tips.services.reserve_reward import payout_key
from workflows.door.holding import holding_of
from workflows.models import Incident, JournalEntry, OutboxEntry, Run, WorkItem
from workflows.now import now
from workflows.sealing.sealer import seal
from workflows.sealing.verifying import verify

READ_AGAIN = 40
# Acts of the journal and the rows of which each stands for one.
ONE_ENTRY_EACH: dict[str, Callable[[], QuerySet[Any]]] = {
    "tip_received": Tip.objects.all,
    "run_started": Run.objects.all,
    "run_ended": lambda: Run.objects.filter(status=Run.Status.ENDED),
    "work_offered": WorkItem.objects.all,
    "work_claimed": lambda: WorkItem.objects.filter(claimed_at__isnull=False),
    "work_completed": lambda: WorkItem.objects.filter(status=WorkItem.Status.COMPLETED),
    "effect_done": lambda: OutboxEntry.objects.exclude(task_id=""),
    "document_issued": Document.objects.all,
    "payment_booked": Payment.objects.all,
    "reward_paid": Payout.objects.all,
}


def broken(matters: int) -> list[str]:
    """Every invariant that does not hold."""
    checks = (_matters, _money, _documents, _outbox, _stalled, _journal, _seals, _numbers, _letters)
    return [sentence for check in checks for sentence in check(matters)]


def counted() -> dict[str, Any]:
    """How much there is of what the run made."""
    return {
        "tips": Tip.objects.count(),
        "cases_closed": Case.objects.filter(closed_at__isnull=False).count(),
        "payouts": Payout.objects.count(),
        "documents": Document.objects.count(),
        "work_items": WorkItem.objects.count(),
        "effects": OutboxEntry.objects.filter(done_at__isnull=False).count(),
        "effects_tried_again": _tried_again(),
        "incidents": Incident.objects.count(),
        "journal_entries": JournalEntry.objects.count(),
    }


def _tried_again() -> dict[str, int]:
    """Operation and reason → number of effects that did not succeed at once."""
    rows = OutboxEntry.objects.filter(attempt_count__gt=0).values_list("operation", "last_error")
    return dict(Counter(f"{operation}: {error.partition(':')[0]}" for operation, error in rows))


def open_outbox() -> int:
    """Effects that are still to be carried out."""
    return OutboxEntry.objects.filter(done_at=None).count()


def _matters(matters: int) -> Iterator[str]:
    """Each tip has one case and one reward, and their runs have ended."""
    for name, model in (("tips", Tip), ("cases", Case), ("rewards", Reward)):
        if (found := model.objects.count()) != matters:
            yield f"{found} {name} instead of {matters}"
    if running := Run.objects.exclude(status=Run.Status.ENDED).count():
        yield f"{running} runs have not ended"
    if unclosed := Case.objects.filter(closed_at=None).count():
        yield f"{unclosed} cases are not closed"
    if open_items := WorkItem.objects.filter(status=WorkItem.Status.OPEN).count():
        yield f"{open_items} work items are open"
    if incidents := Incident.objects.filter(resolved_at=None).count():
        yield f"{incidents} open incidents: {Incident.objects.filter(resolved_at=None)[0]}"


def _money(matters: int) -> Iterator[str]:
    """One payout with one booking for each matter, all due money booked once, every entry balanced."""
    if (payouts := Payout.objects.count()) != matters:
        yield f"{payouts} payouts instead of {matters}"
    entries = LedgerEntry.objects.filter(key__startswith="payout:")
    if entries.count() != matters or entries.exclude(key__in=_payout_keys()).exists():
        yield f"{entries.count()} bookings of payouts instead of {matters}"
    sums = LedgerEntry.objects.annotate(sum=Sum("lines__amount"), n=Count("lines"))
    if crooked := sums.filter(~Q(sum=0) | Q(n=0)).count():
        yield f"{crooked} ledger entries are not balanced"
    due = PenaltyDecision.objects.annotate(paid=Sum("payments__amount"))
    if unpaid := due.exclude(paid=F("recovery_amount") + F("fine_amount")).count():
        yield f"{unpaid} decisions are not paid exactly"


def _payout_keys() -> list[str]:
    return [payout_key(reward) for reward in Reward.objects.all()]


def _documents(matters: int) -> Iterator[str]:
    """Every document lies in the store once, and what is read back is what was made."""
    if missing := Document.objects.filter(stored_at=None).count():
        yield f"{missing} documents are not stored"
    kept = list(Document.objects.exclude(stored_at=None).values_list("object_key", "version_id", "sha256"))
    with ThreadPoolExecutor(4) as pool:
        twice = [key for key, n in pool.map(_versions, [row[0] for row in kept]) if n != 1]
    if twice:
        yield f"{len(twice)} documents are not stored exactly once, e.g. {twice[0]}"
    for key, version, sha256 in random.sample(kept, min(READ_AGAIN, len(kept))):
        if storage.fingerprint(key, version)[0] != sha256:
            yield f"{key} is not what was made"


def _versions(key: str) -> tuple[str, int]:
    return key, len(storage.versions(key))


def _outbox(matters: int) -> Iterator[str]:
    """Nothing is left to carry out."""
    for operation, error in OutboxEntry.objects.filter(done_at=None).values_list("operation", "last_error")[
        :5
    ]:
        yield f"{operation} was not carried out: {error or 'never tried'}"


def _stalled(matters: int) -> Iterator[str]:
    """The no-stall invariant: a run that goes on waits for a person, a moment, a message or an effect."""
    for run in Run.objects.filter(status=Run.Status.RUNNING):
        if not holding_of(run).waits and not run.incidents.filter(resolved_at=None).exists():
            yield f"{run.process_id} {run.business_key} waits for nothing"


def _journal(matters: int) -> Iterator[str]:
    """What the rows say happened stands in the journal as often."""
    acts = JournalEntry.objects.filter(act__in=list(ONE_ENTRY_EACH))
    noted = dict(acts.values_list("act").annotate(n=Count("id")))
    for act, rows in ONE_ENTRY_EACH.items():
        if (found := noted.get(act, 0)) != (wanted := rows().count()):
            yield f"the journal has {found} times {act}, there are {wanted}"


def _seals(_matters: int) -> Iterator[str]:
    """The journal is whole: what is not sealed yet can be, and everything computes again."""
    while seal(now()):
        continue
    checked = verify(now=now())
    yield from (str(finding) for finding in checked.findings)
    if checked.unsealed:
        yield f"{checked.unsealed} entries of the journal cannot be sealed"


def _numbers(matters: int) -> Iterator[str]:
    """Numbers of tips have no gap and no double."""
    if (last := NumberCounter.objects.get(kind="tip").last_number) != matters:
        yield f"the last tip has number {last} instead of {matters}"


def _letters(matters: int) -> Iterator[str]:
    """Each tipster reads four letters: answer, outcome, reward, payment; none twice."""
    letters = TipMessage.objects.filter(is_from_tipster=False).values("tip").annotate(n=Count("id"))
    if odd := letters.exclude(n=4).count():
        yield f"{odd} tipsters have not got exactly four letters"
