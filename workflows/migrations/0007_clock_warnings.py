"""Warnings of legal clocks, the calendar they were counted by, and years that are loaded here.

Clocks that run get a moment for their first look: the sweeper then finds the rung at which they stand.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workflows", "0006_time_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                (
                    "holidays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(),
                        default=list,
                        help_text="days off, moved rest days too",
                        size=None,
                    ),
                ),
                (
                    "worked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(),
                        default=list,
                        help_text="worked weekend days (调休)",
                        size=None,
                    ),
                ),
                (
                    "source",
                    models.CharField(help_text="notice of the State Council, or file", max_length=200),
                ),
                ("loaded_at", models.DateTimeField()),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="clock",
            name="ground",
            field=models.CharField(
                blank=True,
                default="",
                help_text="fact of the run from which it counts; empty: the step itself",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clock",
            name="calendar_version",
            field=models.CharField(
                blank=True, default="", help_text="calendar of the last count", max_length=80
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clock",
            name="counted_at",
            field=models.DateTimeField(help_text="moment of the last count", null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="next_warning_at",
            field=models.DateTimeField(help_text="when the sweeper looks at it again", null=True),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["next_warning_at"], name="clocks_to_warn_of"
            ),
        ),
        migrations.CreateModel(
            name="ClockWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rung", models.CharField(help_text="word of the dated ladder", max_length=16)),
                ("last_day", models.DateField(help_text="end of the period when it was given")),
                ("at", models.DateTimeField()),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="workflows.clock",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-at"], name="latest_warnings")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clock", "rung", "last_day"), name="warned_once_for_each_end"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "UPDATE workflows_clock SET next_warning_at = starts_at, counted_at = starts_at WHERE ended_at IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
