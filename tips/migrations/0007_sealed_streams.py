from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tips", "0006_register_entries")]

    operations = [
        migrations.AlterModelOptions(name="tipfile", options={"ordering": ["added_at", "id"]}),
        migrations.AddField("tipfile", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "tipfile",
            "content_mark",
            models.CharField(
                blank=True,
                db_index=True,
                default="",
                help_text="peppered HMAC of the SHA-256: equal files",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "tipfile",
            "refusal",
            models.CharField(blank=True, default="", help_text="why it was refused", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            "tipfile",
            "residue",
            models.CharField(
                blank=True, default="", help_text="what a copy for the case would still carry", max_length=32
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "tipfile",
            "retained_until",
            models.DateTimeField(help_text="under Object Lock; from the check on", null=True),
        ),
        migrations.AddField(
            "tipfile",
            "sealed_digest",
            models.BinaryField(
                default=bytes, help_text="SHA-256 of the original bytes, under the file's key"
            ),
        ),
        migrations.AddField(
            "tipfile",
            "wrapped_key",
            models.BinaryField(default=b"", help_text="the file's key under the content key of the tip"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "tipfile", "sealed_name", models.BinaryField(help_text="under the file's key")
        ),
        migrations.AlterField(
            "tipfile",
            "state",
            models.CharField(
                choices=[
                    ("awaited", "not yet received"),
                    ("received", "being checked"),
                    ("checked", "checked"),
                    ("refused", "refused"),
                ],
                default="awaited",
                max_length=16,
            ),
        ),
    ]
