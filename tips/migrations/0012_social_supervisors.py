"""Social supervisors; the open mark of their tips and the sealed name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table, one mark, one envelope."""

    dependencies = [
        ("casework", "0008_ledger_accounts_of_a_year"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tips", "0011_intake_by_officers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SocialSupervisor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("profession", models.CharField(max_length=60, verbose_name="profession")),
                ("letter_number", models.CharField(max_length=60, verbose_name="number of the letter of appointment")),
                ("appointed_by", models.CharField(max_length=120, verbose_name="appointed by")),
                ("term_from", models.DateField(verbose_name="term from")),
                ("term_until", models.DateField(verbose_name="term until")),
                ("registered_at", models.DateTimeField()),
                (
                    "code_digest",
                    models.BinaryField(help_text="peppered HMAC of the personal code", null=True, unique=True),
                ),
                ("code_issued_at", models.DateTimeField(null=True)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.bureau"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-term_until", "letter_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bureau", "letter_number"), name="letter_of_appointment_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term_from__lte", models.F("term_until"))),
                        name="term_has_an_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "tip",
            "is_from_supervisor",
            models.BooleanField(
                default=False,
                help_text="which one is sealed with the identity",
                verbose_name="from a social supervisor",
            ),
        ),
        migrations.AddField(
            "tipidentity",
            "sealed_supervisor",
            models.BinaryField(help_text="which social supervisor reported", null=True),
        ),
    ]
