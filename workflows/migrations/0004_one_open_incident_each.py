from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0003_incidents_with_causes")]

    operations = [
        migrations.RunSQL(
            "UPDATE workflows_incident SET subject_key = 'effect:' || coalesce(outbox_entry_id, -id)",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "incident",
            models.UniqueConstraint(
                condition=models.Q(("resolved_at", None)), fields=["subject_key"], name="one_open_incident_each"
            ),
        ),
    ]
