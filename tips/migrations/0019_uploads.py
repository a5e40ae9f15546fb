import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tips", "0018_purges")]

    operations = [
        migrations.CreateModel(
            name="TipUpload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "basket",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="hash of the secret of a form not yet sent",
                        max_length=64,
                    ),
                ),
                ("wrapped_key", models.BinaryField(help_text="under the key of the basket, then of the tip")),
                ("sealed_name", models.BinaryField(help_text="under the file's key")),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                (
                    "arrived",
                    models.PositiveBigIntegerField(default=0, help_text="how many bytes are in the store"),
                ),
                ("object_key", models.CharField(max_length=200, unique=True)),
                ("store_upload", models.CharField(blank=True, help_text="the store's name for it", max_length=500)),
                ("marks", models.JSONField(default=list, help_text="the store's mark of each part")),
                ("version_id", models.CharField(blank=True, max_length=64)),
                ("started_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "tip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="tips.tip",
                    ),
                ),
            ],
            options={
                "ordering": ["started_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tip", None), ("basket", ""), _connector="XOR"),
                        name="upload_has_one_owner",
                    )
                ],
            },
        ),
    ]
