"""Finish, forget and discard what nobody else does."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from casework.errors import StoreDown
from tips.models import TipFile, TipUpload
from tips.services.check_file import discard
from tips.services.receive_upload import forget
from tips.services.take_uploads import adopt

log = logging.getLogger(__name__)


def sweep(now: datetime) -> int:
    """Adopt what is whole, forget what nobody goes on with, discard what was refused; returns how many.

    Each row by itself: one that cannot be finished is noted in the log and keeps no other from its turn.
    """
    whole = TipUpload.objects.exclude(version_id="").exclude(tip=None).exclude(wrapped_key=b"")
    expired = TipUpload.objects.filter(expires_at__lt=now).exclude(pk__in=whole)
    refused = TipFile.objects.filter(state=TipFile.State.REFUSED, version_id__gt="")
    released = refused.exclude(retained_until__gt=now)
    done = _each(whole.values_list("pk", flat=True), lambda pk: _adopt(whole, pk, now))
    try:
        done += _each(expired.values_list("pk", flat=True), lambda pk: _under_lock(expired, pk, forget))
        done += _each(released.values_list("pk", flat=True), lambda pk: _under_lock(released, pk, discard))
    except StoreDown:
        log.info("The store does not answer: what is to be removed waits.")
    return done


def _each(keys: Any, act: Callable[[Any], bool]) -> int:
    done = 0
    for key in list(keys):
        try:
            done += act(key)
        except StoreDown:
            raise
        except Exception:
            log.exception("An upload or a refused file could not be swept: %s", key)
    return done


def _adopt(whole: QuerySet[TipUpload], key: Any, now: datetime) -> bool:
    upload = whole.select_related("tip__run").filter(pk=key).first()
    if upload is not None:
        adopt(upload, now=now)
    return upload is not None


def _under_lock(rows: QuerySet[Any], key: Any, act: Callable[[Any], None]) -> bool:
    """Act on a row that is still as it was looked for; one that is being worked on has its turn at the next beat."""
    with transaction.atomic():
        row = rows.select_for_update(skip_locked=True).filter(pk=key).first()
        if row is not None:
            act(row)
    return row is not None
