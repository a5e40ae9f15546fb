"""Two matters become one: a run and all that belongs to it move into another run's family."""

from django.db.models import Q

from workflows import registry
from workflows.door.transaction import Act, lock_family
from workflows.errors import DutiesCollide
from workflows.models import DutyRecord, Family, Run, WorkItem


def join_matter(act: Act, run: Run, other: Run) -> None:
    """Carry the matter of `run`, whose family is locked, into the family of `other`.

    From here on one root is locked for both, and duties that exclude each other count across them. Whoever waits
    for the old root finds its work in another family and is told to try again (`Busy`). What the journal said
    before stays under the old family.
    Locks: the other family, second. Raises: DutiesCollide, Busy.
    """
    act.change.write()
    old, new = act.family, lock_family(other.family_id)
    _refuse_collisions(old, new)
    held = list(DutyRecord.objects.filter(family=old))
    for record in held:
        record.pk, record.family = None, new
    DutyRecord.objects.bulk_create(held, ignore_conflicts=True)
    Run.objects.filter(family=old).update(family=new)
    WorkItem.objects.filter(family=old).update(family=new)
    act.family = run.family = new


def _refuse_collisions(old: Family, new: Family) -> None:
    """Nobody may hold, over both matters, two duties that the law keeps apart."""
    for record in DutyRecord.objects.filter(family=old).select_related("account"):
        same_person = DutyRecord.objects.filter(family=new, account=record.account)
        apart = same_person.filter(Q(key__in=record.excludes) | Q(excludes__contains=[record.key]))
        if (found := apart.order_by("id").first()) is not None:
            raise DutiesCollide(
                person=str(record.account),
                here=registry.duty_label(record.key),
                there=registry.duty_label(found.key),
            )
