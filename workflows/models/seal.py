"""Seals of the journal: batches under Merkle roots, signed heads of days. Rows are added, never altered."""

from django.db import models

HASH_BYTES = 32


class JournalBatch(models.Model):
    """Entries sealed together: one root, chained to the batch before and signed."""

    is_append_only = True

    number = models.BigIntegerField(primary_key=True, help_text="counts up by one, from 1")
    previous_hash = models.BinaryField(max_length=HASH_BYTES, help_text="hash of the batch before")
    size = models.PositiveIntegerField()
    root = models.BinaryField(max_length=HASH_BYTES)
    sealed_at = models.DateTimeField()
    day = models.DateField(help_text="civil day of sealing in Shanghai; its head covers the batch")
    floor_id = models.BigIntegerField(help_text="every entry up to this id was sealed before this batch")
    next_floor_id = models.BigIntegerField(help_text="every entry up to this id is sealed with this batch")
    highest_id = models.BigIntegerField(help_text="the highest id of an entry visible at sealing")
    seen_until = models.BigIntegerField(help_text="transaction id of the sealing itself (xid8)")
    hash = models.BinaryField(max_length=HASH_BYTES, help_text="SHA-256 of the canonical header")
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1, size__gte=1), name="batch_is_not_empty")
        ]
        indexes = [models.Index(fields=["day", "number"], name="batches_by_day")]

    def __str__(self) -> str:
        return f"batch {self.number}"


class JournalLeaf(models.Model):
    """Which batch holds an entry, and where. One row per entry: the key lets nobody seal it twice.

    No foreign key in the database: its check would write row locks into the journal itself, and an entry that
    somebody removed must leave its leaf behind.
    """

    is_append_only = True

    entry = models.OneToOneField(
        "workflows.JournalEntry",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="leaf",
    )
    batch = models.ForeignKey(JournalBatch, models.PROTECT, related_name="leaves", db_index=False)
    position = models.PositiveIntegerField(help_text="place in the batch, from 0")
    salt = models.BinaryField(max_length=16, help_text="random, so that a hash tells nothing of its entry")
    hash = models.BinaryField(max_length=HASH_BYTES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_leaf_per_place"),
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} in batch {self.batch_id}"


class JournalHead(models.Model):
    """The signed head of a day: what leaves the house, so that nobody can rewrite what lies before it."""

    is_append_only = True

    number = models.BigIntegerField(primary_key=True, help_text="counts up by one, from 1")
    day = models.DateField(unique=True)
    previous_hash = models.BinaryField(max_length=HASH_BYTES, help_text="hash of the head before")
    first_batch = models.BigIntegerField()
    last_batch = models.BigIntegerField()
    entry_count = models.BigIntegerField()
    root = models.BinaryField(max_length=HASH_BYTES, help_text="Merkle root over the hashes of the batches")
    signed_at = models.DateTimeField()
    hash = models.BinaryField(max_length=HASH_BYTES)
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"head of {self.day}"


class JournalHeadCopy(models.Model):
    """Where a head lies outside the database."""

    is_append_only = True

    head = models.ForeignKey(JournalHead, models.PROTECT, related_name="copies")
    kind = models.CharField(max_length=16, help_text="store or mail")
    place = models.CharField(max_length=300, help_text="object and version, or the addresses")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["head", "kind"], name="one_copy_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} copy of {self.head_id}"
