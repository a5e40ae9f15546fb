import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("effect", "Effect"),
    ("timer", "Timer"),
    ("command", "Command"),
    ("message", "Message"),
    ("stalled", "Stalled"),
]
RESOLUTIONS = [("", "Open"), ("succeeded", "Succeeded"), ("skipped", "Skipped"), ("gone", "Gone")]


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0002_journal_is_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SkipRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_approved", models.BooleanField(help_text="empty until somebody has decided", null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", None), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"),
                        name="skip_needs_a_second_person",
                    )
                ]
            },
        ),
        migrations.RemoveField(model_name="incident", name="message"),
        migrations.AddField("incident", "kind", models.CharField(choices=KINDS, default="effect", max_length=16)),
        migrations.AddField(
            "incident",
            "subject_key",
            models.CharField(
                default="", max_length=240, help_text="what failed: at most one open incident for each"
            ),
            preserve_default=False,
        ),
        migrations.AddField("incident", "task_id", models.CharField(blank=True, default="", max_length=36), preserve_default=False),
        migrations.AddField("incident", "process_id", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("incident", "operation", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField(
            "incident",
            "error",
            models.CharField(default="", help_text="kind of error; never its words, which may hold contents", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            "incident",
            "place",
            models.CharField(blank=True, default="", help_text="where in the code", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            "incident",
            "trace",
            models.TextField(blank=True, default="", help_text="functions and lines on the way there, without values"),
            preserve_default=False,
        ),
        migrations.AddField(
            "incident",
            "remedy",
            models.CharField(default="program", help_text="code of the sentence that says what to do", max_length=24),
            preserve_default=False,
        ),
        migrations.AddField(
            "incident",
            "last_failed_at",
            models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            "incident", "next_try_at", models.DateTimeField(help_text="empty: nothing is tried by itself", null=True)
        ),
        migrations.AddField(
            "incident", "resolution", models.CharField(blank=True, choices=RESOLUTIONS, default="", max_length=16)
        ),
        migrations.AddField(
            "incident",
            "skip_request",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incidents",
                to="workflows.skiprequest",
            ),
        ),
        migrations.AddField(
            "timer", "attempt_count", models.PositiveIntegerField(default=0, help_text="how often firing it has failed")
        ),
        migrations.AddField(
            "timer", "put_off_until", models.DateTimeField(help_text="next try after a failure", null=True)
        ),
        migrations.AddField(
            "timer",
            "skipped_at",
            models.DateTimeField(help_text="left out by two people; fires no more", null=True),
        ),
        migrations.AlterField("timer", "due_at", models.DateTimeField()),
        migrations.AddIndex(
            "timer",
            models.Index(
                condition=models.Q(("put_off_until", None), ("skipped_at", None)),
                fields=["due_at", "id"],
                name="timers_to_fire",
            ),
        ),
        migrations.AddIndex(
            "timer",
            models.Index(
                condition=models.Q(("put_off_until__isnull", False), ("skipped_at", None)),
                fields=["put_off_until", "id"],
                name="timers_to_retry",
            ),
        ),
        migrations.AddIndex(
            "run",
            models.Index(condition=models.Q(("status", "running")), fields=["id"], name="running_runs"),
        ),
    ]
