import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tips", "0022_reexaminations")]

    operations = [
        migrations.AddField(
            model_name="registerentry",
            name="target_kind",
            field=models.CharField(
                blank=True,
                choices=[("organisation", "institution"), ("person", "person")],
                default="",
                help_text="as this bureau coded it",
                max_length=16,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registerentry",
            name="institution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.institution",
            ),
        ),
        migrations.AddField(
            model_name="registerentry",
            name="matters",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="identityrequest",
            name="ended_at",
            field=models.DateTimeField(
                help_text="ended before it expired: by the asker, or with the referral of the tip", null=True
            ),
        ),
    ]
