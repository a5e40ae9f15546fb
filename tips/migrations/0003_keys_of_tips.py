"""The wrapped keys of tips move into one small table of their own."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
INSERT INTO tips_tipkey (tip_id, for_bureau, for_tipster, identity, pepper)
SELECT tip.id, tip.key_for_bureau, tip.key_for_tipster, identity.wrapped_key, ''
FROM tips_tip tip LEFT JOIN tips_tipidentity identity ON identity.tip_id = tip.id
"""


class Migration(migrations.Migration):
    dependencies = [("tips", "0002_receipts_and_reviewed_copies")]

    operations = [
        migrations.CreateModel(
            name="TipKey",
            fields=[
                (
                    "tip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="keys",
                        serialize=False,
                        to="tips.tip",
                    ),
                ),
                (
                    "for_bureau",
                    models.BinaryField(
                        help_text="content key, wrapped by the bureau's master key", null=True
                    ),
                ),
                (
                    "for_tipster",
                    models.BinaryField(help_text="content key, wrapped by the receipt code", null=True),
                ),
                (
                    "identity",
                    models.BinaryField(
                        help_text="identity key, wrapped by the bureau's identity key", null=True
                    ),
                ),
                (
                    "pepper",
                    models.CharField(
                        blank=True,
                        help_text="name of the pepper of the receipt; empty: from before names",
                        max_length=16,
                    ),
                ),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="tipkey",
            constraint=models.CheckConstraint(
                condition=models.Q(destroyed_at=None)
                | models.Q(for_bureau=None, for_tipster=None, identity=None, pepper=""),
                name="destroyed_keys_are_gone",
            ),
        ),
        migrations.RunSQL(MOVE),
        migrations.RemoveField(model_name="tip", name="key_for_bureau"),
        migrations.RemoveField(model_name="tip", name="key_for_tipster"),
        migrations.RemoveField(model_name="tipidentity", name="wrapped_key"),
    ]
