"""Files of tipsters that came with a form: sealed while they arrived, then put into the object store."""

import hashlib
import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import uuid_utils.compat as uuid7
from django.core.files.uploadedfile import UploadedFile

from casework import storage
from casework.errors import ObjectMissing, StoreDown
from tips.models import TipFile
from tips.sealing import file_seals
from tips.sealing.spool import SealedSpool
from tips.sealing.stream import SealedReader, opened


class SealedUpload(UploadedFile):
    """A file of a form that is sealed already; it reads like any other."""

    def __init__(self, spool: SealedSpool, name: str, digest: bytes, content_type: str | None) -> None:
        super().__init__(cast(IO[bytes], spool), name, content_type, spool.size)
        self.spool = spool
        self.digest = digest


@dataclass(frozen=True)
class Attachment:
    """One file as it came: its name made safe, the type its first bytes tell, its bytes under a key of its own."""

    name: str
    media_type: str
    digest: bytes
    spool: SealedSpool

    @classmethod
    def of(cls, name: str, media_type: str, content: bytes) -> "Attachment":
        """A file whose bytes are at hand."""
        return cls.from_upload(sealed_upload(name, [content], media_type), name, media_type)

    @classmethod
    def from_upload(cls, upload: UploadedFile, name: str, media_type: str) -> "Attachment":
        """A file of a form."""
        if not isinstance(upload, SealedUpload):
            upload = sealed_upload(upload.name or "", upload.chunks(), media_type)
        return cls(name, media_type, upload.digest, upload.spool)

    @property
    def file_id(self) -> uuid.UUID:
        """The id that its seals are bound to."""
        return uuid.UUID(str(self.spool.file_id))

    @property
    def marks(self) -> list[str]:
        """The marks by which equal files are found, the present one first."""
        return file_seals.content_marks(self.digest)


@dataclass(frozen=True)
class StoredAttachment:
    """A file after the attempt to store it; `version_id` is None when the store did not answer."""

    original: Attachment
    object_key: str
    version_id: str | None

    @property
    def is_stored(self) -> bool:
        """Whether the store has it."""
        return self.version_id is not None

    def row(self, tip_id: int, content_key: bytes, **facts: object) -> TipFile:
        """The row of the file, its key wrapped under the tip's content key."""
        file, key = self.original, self.original.spool.key
        return TipFile(
            id=file.file_id,
            tip_id=tip_id,
            wrapped_key=file_seals.wrap_key(content_key, file.file_id, key),
            sealed_name=file_seals.seal_name(key, file.file_id, file.name),
            sealed_digest=file_seals.seal_digest(key, file.file_id, file.digest),
            content_mark=file.marks[0],
            media_type=file.media_type,
            size=file.spool.size,
            object_key=self.object_key,
            version_id=self.version_id or "",
            state=TipFile.State.RECEIVED if self.is_stored else TipFile.State.AWAITED,
            **facts,
        )


def sealed_upload(name: str, chunks: Sequence[bytes] | Iterator[bytes], media_type: str) -> SealedUpload:
    """Bytes as a sealed file of a form."""
    spool, digest = new_spool(), hashlib.sha256()
    for chunk in chunks:
        spool.write(chunk)
        digest.update(chunk)
    spool.finish()
    return SealedUpload(spool, name, digest.digest(), media_type)


def new_spool() -> SealedSpool:
    """A place for one further file, with its id and its key."""
    return SealedSpool(file_id=uuid7.uuid7())


def new_object_key() -> str:
    """Where an object goes; nothing in it points at the tip."""
    return f"tips/{uuid.uuid4().hex}"


def put_away(files: Sequence[Attachment]) -> list[StoredAttachment]:
    """Store each file; once the store is down the rest is not tried.

    This runs before the transaction. When that fails, what lies in the store can never be opened: its key
    existed in memory only.
    """
    result: list[StoredAttachment] = []
    is_down = False
    for file in files:
        stored = StoredAttachment(file, new_object_key(), None)
        if not is_down:
            stored = _put(file, stored.object_key)
        is_down = is_down or not stored.is_stored
        result.append(stored)
    return result


def file_key(file: TipFile, content_key: bytes) -> bytes:
    """The key of one file. Raises: SealBroken."""
    return file_seals.unwrap_key(content_key, file.pk, file.wrapped_key)


def name_of(file: TipFile, content_key: bytes) -> str:
    """The name that a file had on the tipster's device, made safe. Raises: SealBroken."""
    return file_seals.open_name(file_key(file, content_key), file.pk, file.sealed_name)


def digest_of(file: TipFile, content_key: bytes) -> bytes:
    """The SHA-256 of the original bytes. Raises: SealBroken."""
    return file_seals.open_digest(file_key(file, content_key), file.pk, file.sealed_digest)


def stream(file: TipFile, content_key: bytes) -> Iterator[bytes]:
    """The bytes of a stored file, a mebibyte at a time. Raises: ObjectMissing, StoreDown, SealBroken."""
    chunks = storage.chunks(file.object_key, file.version_id)
    return opened(file_key(file, content_key), file.pk, file.size, chunks)


class Reading(io.BufferedReader):
    """A stored file that can be sought.

    Libraries take an error while reading for a damaged file: closing this raises the real one once more.
    Raises: ObjectMissing, StoreDown, SealBroken.
    """

    def __init__(self, file: TipFile, content_key: bytes) -> None:
        self._failure: Exception | None = None

        def fetch(offset: int, length: int) -> bytes:
            try:
                return storage.get_range(file.object_key, file.version_id, offset, length)
            except (ObjectMissing, StoreDown) as error:
                self._failure = error
                raise

        super().__init__(SealedReader(file_key(file, content_key), file.pk, file.size, fetch))

    def __exit__(self, *happened: object) -> None:
        super().__exit__(*happened)  # type: ignore[arg-type]
        if self._failure is not None:
            raise self._failure


def _put(file: Attachment, object_key: str) -> StoredAttachment:
    spool = file.spool
    spool.sealed.seek(0)
    try:
        made = storage.put(
            object_key, cast(BinaryIO, spool.sealed), spool.sealed_size, media_type="application/octet-stream"
        )
    except StoreDown:
        return StoredAttachment(file, object_key, None)
    return StoredAttachment(file, object_key, made.version_id)
