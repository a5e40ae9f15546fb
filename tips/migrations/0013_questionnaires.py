"""Questionnaires: dated versions for each kind of target and region."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = [
    ("draft", "draft"),
    ("proposed", "waits for approval"),
    ("approved", "approved"),
    ("refused", "refused"),
]


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("casework", "0008_ledger_accounts_of_a_year"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tips", "0012_social_supervisors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target_kind", models.CharField(max_length=16, verbose_name="kind of target")),
                (
                    "region_code",
                    models.CharField(
                        blank=True, help_text="beginning of the division code; empty: everywhere", max_length=6
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("content", models.JSONField(help_text="title and questions in both languages")),
                ("state", models.CharField(choices=STATES, default="draft", max_length=16)),
                ("drafted_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reasons", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "bureau",
                    models.ForeignKey(
                        help_text="empty: comes with the product",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.bureau",
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
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["target_kind", "region_code", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("target_kind", "region_code", "version"), name="questionnaire_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("drafted_by", None),
                            models.Q(("decided_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="questionnaire_decided_by_another",
                    ),
                ],
            },
        ),
    ]
