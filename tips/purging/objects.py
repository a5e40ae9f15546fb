"""Removing the sealed objects of purged tips from the store, as far as it lets them go."""

from datetime import datetime

from casework import storage
from casework.errors import ObjectLocked, ObjectMissing
from tips.models import PurgedObject


def remove_due(now: datetime, *, most: int = 500) -> tuple[int, int]:
    """Remove what is due, a row at a time; how many were removed, how many wait for the end of their lock.

    Without its key an object is noise already; removing it frees the room. Raises: StoreDown.
    """
    removed = waiting = 0
    for row in PurgedObject.objects.filter(removed_at=None, due_at__lte=now).order_by("due_at", "id")[:most]:
        until = _remove(row.object_key, now)
        if until is None:
            PurgedObject.objects.filter(pk=row.pk).update(removed_at=now)
            removed += 1
        else:
            PurgedObject.objects.filter(pk=row.pk).update(due_at=until)
            waiting += 1
    return removed, waiting


def _remove(object_key: str, now: datetime) -> datetime | None:
    """Remove every version of an object; the end of the longest lock if some must stay."""
    ends = []
    for version in storage.versions(object_key):
        try:
            storage.discard(object_key, version.version_id)
        except ObjectLocked:
            ends.append(_locked_until(object_key, version.version_id) or now)
        except ObjectMissing:
            continue
    return max(ends, default=None)


def _locked_until(object_key: str, version_id: str) -> datetime | None:
    try:
        return storage.locked_until(object_key, version_id)
    except ObjectMissing:
        return None
