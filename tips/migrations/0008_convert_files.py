"""Files of tips in segments, each under a key of its own, with sealed fingerprints.

Rows of the old kind (one envelope for the whole file, fingerprint in the open) are converted: nothing of this
product is in use yet, so that there are a few files of trials at most. Each is read, sealed anew under a new key,
put under a new key of the store, and checked like one that has just arrived; the old object is discarded.
"""

import hashlib
import io
import uuid
from datetime import UTC, datetime

from django.db import migrations


def convert(apps, schema_editor):
    TipFile = apps.get_model("tips", "TipFile")
    for file in TipFile.objects.select_related("tip__keys"):
        _convert(apps, file)


def _convert(apps, file):
    from casework import storage
    from tips.sealing import contents
    from tips.sealing import file_seals
    from tips.sealing import envelopes
    from tips.sealing.stream import seal_part

    content_key = contents.content_key(file.tip)
    key = envelopes.new_key()
    name = envelopes.unseal(content_key, file.sealed_name, f"file {file.pk} name").decode()
    digest = bytes.fromhex(file.sha256)
    file.wrapped_key = file_seals.wrap_key(content_key, file.pk, key)
    file.sealed_name = file_seals.seal_name(key, file.pk, name)
    file.sealed_digest = file_seals.seal_digest(key, file.pk, digest)
    file.content_mark = file_seals.content_mark(digest)
    if file.state != "stored":
        file.save()
        return
    old = file.object_key, file.version_id
    plain = envelopes.unseal(content_key, storage.get(*old), f"file {file.pk} content")
    assert hashlib.sha256(plain).digest() == digest, "the store gave another file"
    sealed = seal_part(key, file.pk, plain, offset=0, size=len(plain))
    file.object_key = f"tips/{uuid.uuid4().hex}"
    stored = storage.put(file.object_key, io.BytesIO(sealed), len(sealed), media_type="application/octet-stream")
    file.version_id, file.state = stored.version_id, "received"
    file.save()
    now = datetime.now(UTC)
    apps.get_model("workflows", "OutboxEntry").objects.create(
        key=f"check_file:{file.pk}",
        operation="tips.check_file",
        run_id=file.tip.run_id,
        payload={"file": str(file.pk)},
        next_try_at=now,
        created_at=now,
    )
    storage.discard(*old)


class Migration(migrations.Migration):
    dependencies = [("tips", "0007_sealed_streams"), ("workflows", "0011_child_runs")]
    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
