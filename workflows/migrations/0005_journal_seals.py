"""Seals of the journal: tables for batches, leaves, heads; guards that let nobody alter them."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("workflows_journalbatch", "workflows_journalleaf", "workflows_journalhead", "workflows_journalheadcopy")

GUARDS = "".join(
    f"""
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION workflows_refuse_change();
"""
    for table in TABLES
)
UNDO_GUARDS = "".join(f"DROP TRIGGER {table}_is_append_only ON {table};\n" for table in TABLES)

# A transaction takes its number before it draws the first id of an entry: workflows/sealing/sealer.py rests on it.
# A trigger of the statement fires before any default of a row is computed.
NUMBER_FIRST = """
CREATE FUNCTION workflows_take_transaction_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_current_xact_id();
    RETURN NULL;
END
$$;
CREATE TRIGGER workflows_journalentry_number_first BEFORE INSERT ON workflows_journalentry
FOR EACH STATEMENT EXECUTE FUNCTION workflows_take_transaction_id();
"""
UNDO_NUMBER_FIRST = """
DROP TRIGGER workflows_journalentry_number_first ON workflows_journalentry;
DROP FUNCTION workflows_take_transaction_id();
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0004_one_open_incident_each")]

    operations = [
        migrations.CreateModel(
            name="JournalBatch",
            fields=[
                ("number", models.BigIntegerField(help_text="counts up by one, from 1", primary_key=True, serialize=False)),
                ("previous_hash", models.BinaryField(help_text="hash of the batch before", max_length=32)),
                ("size", models.PositiveIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
                ("day", models.DateField(help_text="civil day of sealing in Shanghai; its head covers the batch")),
                ("floor_id", models.BigIntegerField(help_text="every entry up to this id was sealed before this batch")),
                ("next_floor_id", models.BigIntegerField(help_text="every entry up to this id is sealed with this batch")),
                ("highest_id", models.BigIntegerField(help_text="the highest id of an entry visible at sealing")),
                ("seen_until", models.BigIntegerField(help_text="first transaction id not given out at sealing (xid8)")),
                ("hash", models.BinaryField(help_text="SHA-256 of the canonical header", max_length=32)),
                ("key_id", models.CharField(max_length=16)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["day", "number"], name="batches_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("size__gte", 1)), name="batch_is_not_empty"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("number", models.BigIntegerField(help_text="counts up by one, from 1", primary_key=True, serialize=False)),
                ("day", models.DateField(unique=True)),
                ("previous_hash", models.BinaryField(help_text="hash of the head before", max_length=32)),
                ("first_batch", models.BigIntegerField()),
                ("last_batch", models.BigIntegerField()),
                ("entry_count", models.BigIntegerField()),
                ("root", models.BinaryField(help_text="Merkle root over the hashes of the batches", max_length=32)),
                ("signed_at", models.DateTimeField()),
                ("hash", models.BinaryField(max_length=32)),
                ("key_id", models.CharField(max_length=16)),
                ("signature", models.BinaryField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="JournalLeaf",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="leaf",
                        serialize=False,
                        to="workflows.journalentry",
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="place in the batch, from 0")),
                ("salt", models.BinaryField(help_text="random, so that a hash tells nothing of its entry", max_length=16)),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="workflows.journalbatch",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "position"), name="one_leaf_per_place")],
            },
        ),
        migrations.CreateModel(
            name="JournalHeadCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="store or mail", max_length=16)),
                ("place", models.CharField(help_text="object and version, or the addresses", max_length=300)),
                ("made_at", models.DateTimeField()),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="workflows.journalhead",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("head", "kind"), name="one_copy_per_kind")],
            },
        ),
        migrations.RunSQL(GUARDS, UNDO_GUARDS),
        migrations.RunSQL(NUMBER_FIRST, UNDO_NUMBER_FIRST),
    ]
