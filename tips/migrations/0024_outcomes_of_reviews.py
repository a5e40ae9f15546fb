import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("tips_caseoutcome", "tips_caseoutcomedecision", "tips_rewardrecalculation")
GUARD = """
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0008_ledger_accounts_of_a_year'),
        ('tips', '0023_coding_of_a_row'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('review', 'administrative review (行政复议)'), ('suit', 'administrative lawsuit (行政诉讼)')], max_length=16, verbose_name='kind')),
                ('deciding_body', models.CharField(max_length=120, verbose_name='deciding body')),
                ('document_number', models.CharField(max_length=80, verbose_name='document number')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('is_revoked', models.BooleanField(verbose_name='decision revoked')),
                ('base_amount', models.DecimalField(decimal_places=2, help_text="verified amount of the tip's matters from now on; nothing when the decision was revoked", max_digits=14, verbose_name='base (案值)')),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('entered_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CaseOutcomeDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_confirmed', models.BooleanField()),
                ('reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='tips.caseoutcome')),
            ],
        ),
        migrations.CreateModel(
            name='RewardRecalculation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base_before', models.DecimalField(decimal_places=2, max_digits=14)),
                ('base_after', models.DecimalField(decimal_places=2, max_digits=14)),
                ('approved_before', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('approved_after', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('amount', models.DecimalField(decimal_places=2, help_text='by the scheme for the new base', max_digits=14, null=True)),
                ('paid', models.DecimalField(decimal_places=2, default=0, help_text='net of what came back', max_digits=14)),
                ('due', models.DecimalField(decimal_places=2, help_text='still to be paid from then on', max_digits=14, null=True)),
                ('overpaid', models.DecimalField(decimal_places=2, help_text='paid above the new amount, not claimed back', max_digits=14, null=True)),
                ('not_paid', models.DecimalField(decimal_places=2, help_text='rise after a payment that stays unpaid', max_digits=14, null=True)),
                ('working', models.JSONField(default=list, help_text='how the new amount was computed')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalculations', to='tips.caseoutcome')),
                ('reward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalculations', to='tips.reward')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='caseoutcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('base_amount', 0), ('is_revoked', True)), models.Q(('base_amount__gte', 0), ('is_revoked', False)), _connector='OR'), name='revoked_decision_leaves_no_base'),
        ),
        migrations.AddConstraint(
            model_name='caseoutcomedecision',
            constraint=models.CheckConstraint(condition=models.Q(('is_confirmed', True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='refused_outcome_has_reasons'),
        ),
        *(
            migrations.RunSQL(GUARD.format(table=table), f"DROP TRIGGER {table}_is_append_only ON {table}")
            for table in TABLES
        ),
    ]
