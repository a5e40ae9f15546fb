"""Requests for time (期限审批), and what was granted of an extension.

Nobody could grant an extension before: there is no row whose length would have to be found.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workflows", "0005_journal_seals"),
    ]

    operations = [
        migrations.AddField(
            model_name="clockextension",
            name="value",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="what was granted, never more than the law gives"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clockextension",
            name="unit",
            field=models.CharField(default="", help_text="wd, cd, h, mo or y", max_length=4),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="clockpause",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="clockpause",
            name="ground",
            field=models.CharField(help_text="key of a ground that the law knows", max_length=64),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("last_date", None)), fields=("clock",), name="one_open_pause_per_clock"
            ),
        ),
        migrations.CreateModel(
            name="ClockRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("extension", "Extension"), ("pause", "Pause")], max_length=16),
                ),
                (
                    "rule_key",
                    models.CharField(help_text="key of the extension, or ground of the pause", max_length=48),
                ),
                (
                    "value",
                    models.PositiveSmallIntegerField(
                        help_text="length of the extension asked for", null=True
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=4)),
                (
                    "first_date",
                    models.DateField(help_text="first day that the pause takes out of the count", null=True),
                ),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("granted", "Granted"), ("refused", "Refused")], max_length=16
                    ),
                ),
                ("answer_reason", models.TextField(blank=True)),
                (
                    "discussed_on",
                    models.DateField(help_text="day of the collective discussion (集体讨论)", null=True),
                ),
                ("discussed_by", models.TextField(blank=True, help_text="who took part in it")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="workflows.clock",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("clock",),
                        name="one_open_request_per_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("answer__in", ["granted", "refused"]),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="request_answer_has_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_answers_the_own_request",
                    ),
                ],
            },
        ),
    ]
