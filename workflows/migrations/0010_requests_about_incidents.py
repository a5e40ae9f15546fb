"""A wish about failed steps is to leave them out, as before, or to try them again."""

from django.db import migrations, models
from django.db.models import F, Q

FOUR_EYES = Q(decided_by=None) | ~Q(decided_by=F("asked_by"))


class Migration(migrations.Migration):
    dependencies = [("workflows", "0009_indexes_that_are_read")]

    operations = [
        migrations.RemoveConstraint("skiprequest", "skip_needs_a_second_person"),
        migrations.RenameModel("SkipRequest", "IncidentRequest"),
        migrations.RenameField("incident", "skip_request", "request"),
        migrations.AddField(
            "incidentrequest",
            "kind",
            models.CharField(choices=[("retry", "Retry"), ("skip", "Skip")], default="skip", max_length=8),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "incidentrequest",
            models.CheckConstraint(condition=FOUR_EYES, name="incident_request_needs_a_second_person"),
        ),
        migrations.AddField(
            "outboxentry",
            "element_id",
            models.CharField(blank=True, default="", help_text="where that token stands", max_length=64),
            preserve_default=False,
        ),
    ]
