"""Tips that officers take in: every channel, who took it in, and when it was entered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

CHANNELS = [
    ("web", "internet"),
    ("telephone", "telephone"),
    ("visit", "visit"),
    ("letter", "letter"),
    ("email", "e-mail"),
    ("wechat", "WeChat"),
    ("microblog", "microblog"),
    ("fax", "fax"),
    ("supervisor", "social supervisor"),
    ("authority", "another authority"),
    ("agency", "medical insurance agency"),
]


def entered_when_received(apps, schema_editor):
    """Until now every tip was entered at the moment in which it arrived."""
    apps.get_model("tips", "Tip").objects.filter(entered_at=None).update(entered_at=F("received_at"))


class Migration(migrations.Migration):
    """Columns first, their values, then the promise that there is one."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tips", "0010_consent"),
    ]

    operations = [
        migrations.AlterField(
            "tip", "channel", models.CharField(choices=CHANNELS, default="web", max_length=16)
        ),
        migrations.AddField(
            "tip",
            "entered_at",
            models.DateTimeField(
                help_text="when it came into the register", null=True, verbose_name="entered at"
            ),
        ),
        migrations.AddField(
            "tip",
            "taken_in_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken in by",
            ),
        ),
        migrations.AddField(
            "tip",
            "handed_on_by",
            models.CharField(
                blank=True,
                default="",
                help_text="authority or agency with its number, never a person",
                max_length=120,
                verbose_name="handed on by",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "tip",
            "is_read_back",
            models.BooleanField(
                default=False, help_text="record of an oral tip (TH 7)", verbose_name="read back and confirmed"
            ),
        ),
        migrations.RunPython(entered_when_received, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "tip",
            "entered_at",
            models.DateTimeField(help_text="when it came into the register", verbose_name="entered at"),
        ),
    ]
