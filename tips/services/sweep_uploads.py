"""Finish, forget and discard what nobody else does."""

import contextlib
from datetime import datetime

from casework.errors import StoreDown
from tips.models import TipFile, TipUpload
from tips.services.check_file import discard
from tips.services.receive_upload import forget
from tips.services.take_uploads import adopt


def sweep(now: datetime) -> int:
    """Adopt what is whole, forget what nobody goes on with, discard what was refused; returns how many."""
    done = 0
    whole = TipUpload.objects.exclude(version_id="").exclude(tip=None).exclude(wrapped_key=b"")
    for upload in whole.select_related("tip__run"):
        adopt(upload, now=now)
        done += 1
    with contextlib.suppress(StoreDown):
        for upload in TipUpload.objects.filter(expires_at__lt=now):
            forget(upload)
            done += 1
        for file in TipFile.objects.filter(state=TipFile.State.REFUSED).exclude(version_id=""):
            discard(file)
            done += 1
    return done
