import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("tips_yearlytipfigures", "tips_yearlytipact")
GUARD = """
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0008_ledger_accounts_of_a_year'),
        ('tips', '0020_claim_pins'),
        ('workflows', '0011_child_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='YearlyTipReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('begun_at', models.DateTimeField()),
                ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.bureau')),
                ('run', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.run')),
            ],
            options={
                'ordering': ['-year', 'bureau__region_code'],
            },
        ),
        migrations.CreateModel(
            name='YearlyTipFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateTimeField(verbose_name='figures as of')),
                ('figures', models.JSONField(help_text='small numbers are left out already')),
                ('remarks', models.TextField(blank=True, verbose_name='remarks')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='tips.yearlytipreport')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='YearlyTipAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sent_back', 'sent back'), ('approved', 'approved'), ('sent', 'sent to the superior authority'), ('published', 'published'), ('withdrawn', 'publication withdrawn')], max_length=16)),
                ('reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('sent_to', models.CharField(blank=True, max_length=120, verbose_name='sent to')),
                ('sent_on', models.DateField(null=True, verbose_name='sent on')),
                ('done_at', models.DateTimeField()),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.document')),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tips.yearlytipfigures')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tips.yearlytipreport')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        *(
            migrations.RunSQL(GUARD.format(table=table), f"DROP TRIGGER {table}_is_append_only ON {table}")
            for table in TABLES
        ),
        migrations.AddConstraint(
            model_name='yearlytipreport',
            constraint=models.UniqueConstraint(fields=('bureau', 'year'), name='one_tip_report_a_year'),
        ),
        migrations.AddConstraint(
            model_name='yearlytipact',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['approved', 'sent'])), fields=('report', 'kind'), name='tip_report_approved_and_sent_once'),
        ),
    ]
