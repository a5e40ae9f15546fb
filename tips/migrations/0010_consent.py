"""The version of the text that a tipster agreed to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; tips from before have none."""

    dependencies = [("tips", "0009_no_open_fingerprint")]

    operations = [
        migrations.AddField(
            "tip",
            "consent_version",
            models.CharField(
                blank=True,
                default="",
                help_text="version of the text that the tipster agreed to",
                max_length=8,
            ),
            preserve_default=False,
        ),
    ]
