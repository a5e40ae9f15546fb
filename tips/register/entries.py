"""The register's rows: a tip comes in, goes to another bureau, and always stands in one of them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from casework.models import Bureau
from casework.permissions import superior_unit
from casework.services.numbering import official_number
from tips.models import RegisterEntry, Tip
from tips.rules import jurisdiction
from workflows.models import Run
from workflows.rules.calendar import civil_date


def enter(tip: Tip, *, now: datetime) -> RegisterEntry:
    """The first row of a tip, under the number that it got when it was sealed. Source: TH 6–8."""
    return RegisterEntry.objects.create(tip=tip, bureau=tip.bureau, number=tip.number, received_at=now)


def current_entry(tip: Tip) -> RegisterEntry:
    """The row of the bureau that has the tip, locked."""
    found = RegisterEntry.objects.select_for_update(of=("self",)).select_related("bureau", "referred_to")
    return found.get(tip=tip, left_at=None)


def hand_over(tip: Tip, entry: RegisterEntry, *, came_as: str, now: datetime) -> RegisterEntry:
    """Close the row here and open one in the receiving bureau, with a number of its own. Source: TH 9–10."""
    receiver = entry.referred_to
    assert receiver is not None, "a referral names its receiver"
    entry.left_at = now
    entry.save(update_fields=["left_at"])
    made = RegisterEntry.objects.create(
        tip=tip,
        bureau=receiver,
        number=official_number(receiver, "tip", civil_date(now)),
        received_at=now,
        came_as=came_as,
        came_from=entry,
    )
    tip.bureau, tip.register_number, tip.is_accepted = receiver, made.number, None
    tip.save(update_fields=["bureau", "register_number", "is_accepted"])
    return made


def receivers(entry: RegisterEntry) -> QuerySet[Bureau]:
    """Bureaus to which a row's tip can go from here: what came up from below goes down only. Source: TH 9; PP 10."""
    others = Bureau.objects.exclude(pk=entry.bureau_id)
    return others.filter(pk__in=below(entry.bureau_id)) if entry.came_as == jurisdiction.UP else others


def how_it_goes(entry: RegisterEntry) -> str:
    """In which way the row's tip goes to the bureau that it names."""
    if entry.named_reasons:
        return jurisdiction.NAMED
    if entry.disputed_at:
        return jurisdiction.GIVEN_BACK
    assert entry.referred_to is not None, "a referral names its receiver"
    return jurisdiction.direction(path_of(entry.bureau), path_of(entry.referred_to))


def path_of(bureau: Bureau) -> list[int]:
    """A bureau and everything above it, the top last."""
    path, above = [bureau.pk], dict(Bureau.objects.values_list("pk", "superior_id"))
    while (superior := above[path[-1]]) is not None:
        path.append(superior)
    return path


def below(bureau_id: int) -> set[int]:
    """A bureau and everything below it."""
    under: dict[int | None, list[int]] = {}
    for pk, superior in Bureau.objects.values_list("pk", "superior_id"):
        under.setdefault(superior, []).append(pk)
    return set(_gathered([bureau_id], under))


def _gathered(level: Iterable[int], under: dict[int | None, list[int]]) -> Iterable[int]:
    for bureau_id in level:
        yield bureau_id
        yield from _gathered(under.get(bureau_id, ()), under)


def naming_unit(run: Run) -> int:
    """Where the superior's work on a run is offered: for a disputed tip the common superior of both bureaus."""
    entry = (
        RegisterEntry.objects.select_related("bureau", "came_from__bureau")
        .filter(tip_id=run.subject_id, left_at=None, came_from__isnull=False)
        .first()
        if run.subject_kind == "tip"
        else None
    )
    if entry is None or entry.came_from is None:
        return superior_unit(run)
    return jurisdiction.common_superior(path_of(entry.bureau), path_of(entry.came_from.bureau))
