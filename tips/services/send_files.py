"""Note the files that came with a message, from either side."""

from collections.abc import Sequence

from casework.errors import StoreDown
from tips.files.attachments import Attachment, StoredAttachment, put_away
from tips.models import Tip, TipFile, TipMessage
from tips.services.take_uploads import want_check
from workflows.door.transaction import Act


def stored_or_refused(files: Sequence[Attachment]) -> list[StoredAttachment]:
    """Store all files before the transaction. Raises: StoreDown when the store did not take one."""
    stored = put_away(files)
    if not all(file.is_stored for file in stored):
        raise StoreDown
    return stored


def note_files(
    act: Act, tip: Tip, message: TipMessage, stored: Sequence[StoredAttachment], *, content_key: bytes
) -> list[TipFile]:
    """The rows of files that lie in the store, beside their message; they are looked into after the commit."""
    facts = {"added_at": act.now, "message": message, "is_from_tipster": message.is_from_tipster}
    rows = TipFile.objects.bulk_create(file.row(tip.pk, content_key, **facts) for file in stored)
    for row in rows:
        want_check(act, tip, row)
    return rows
