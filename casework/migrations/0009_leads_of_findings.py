from django.db import migrations, models


def name_first_tip(apps, schema_editor):
    """What the tip reported was reported by the first tip of the case, by time of receipt."""
    tips = apps.get_model("tips", "Tip").objects.using(schema_editor.connection.alias)
    first = tips.filter(case=models.OuterRef("case")).order_by("received_at", "id").values("pk")[:1]
    findings = apps.get_model("casework", "Finding").objects.using(schema_editor.connection.alias)
    findings.filter(from_tip=True).update(lead=models.Subquery(first))


def mark_reported(apps, schema_editor):
    """Going back, every finding that has a lead was reported."""
    findings = apps.get_model("casework", "Finding").objects.using(schema_editor.connection.alias)
    findings.filter(lead=None).update(from_tip=False)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0008_ledger_accounts_of_a_year'),
        ('tips', '0028_reward_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='lead',
            field=models.BigIntegerField(blank=True, help_text='number of the lead that brought it, which counts for its reward; empty when none did', null=True, verbose_name='lead'),
        ),
        migrations.RunPython(name_first_tip, mark_reported),
        migrations.RemoveField(
            model_name='finding',
            name='from_tip',
        ),
    ]
