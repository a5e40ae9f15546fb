"""Files of tipsters: sealed in this process, then put into the object store."""

import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import uuid_utils.compat as uuid7

from casework import storage
from casework.errors import StoreDown
from tips import contents
from tips.models import TipFile


@dataclass(frozen=True)
class Attachment:
    """One file as it came: its name on the tipster's device, its checked type, its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Fingerprint of the original bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class SealedAttachment:
    """A file after the attempt to store it; `version_id` is None when the store did not answer."""

    original: Attachment
    sealed_name: bytes
    object_key: str
    version_id: str | None
    file_id: uuid.UUID = field(default_factory=uuid7.uuid7)

    @property
    def is_stored(self) -> bool:
        """Whether the store has it."""
        return self.version_id is not None


def put_away(files: Sequence[Attachment], content_key: bytes) -> list[SealedAttachment]:
    """Seal each file and store it; once the store is down the rest is not tried.

    This runs before the transaction. When that fails, what lies in the store can never be opened: its key
    existed in memory only.
    """
    result: list[SealedAttachment] = []
    is_down = False
    for file in files:
        sealed = _seal_and_put(file, content_key, skip=is_down)
        is_down = is_down or not sealed.is_stored
        result.append(sealed)
    return result


def put_sealed(file_id: uuid.UUID, object_key: str, content: bytes, content_key: bytes) -> str:
    """Store one sealed file; its version. Raises: StoreDown."""
    sealed = contents.seal_file(content_key, file_id, content)
    stored = storage.put(object_key, io.BytesIO(sealed), len(sealed), media_type="application/octet-stream")
    return stored.version_id


def read(file: TipFile, content_key: bytes) -> bytes:
    """The bytes of a stored file. Raises: ObjectMissing, StoreDown, SealBroken."""
    return contents.open_file(file, content_key, storage.get(file.object_key, file.version_id))


def _seal_and_put(file: Attachment, content_key: bytes, *, skip: bool) -> SealedAttachment:
    file_id = uuid7.uuid7()
    # Nothing in the key of the object points at the tip.
    object_key = f"tips/{uuid.uuid4().hex}"
    version_id = None
    if not skip:
        try:
            version_id = put_sealed(file_id, object_key, file.content, content_key)
        except StoreDown:
            version_id = None
    name = contents.seal_file_name(content_key, file_id, file.name)
    return SealedAttachment(file, name, object_key, version_id, file_id)
