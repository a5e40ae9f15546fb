import django.db.models.deletion
from django.db import migrations, models

TABLE = "tips_claimreminder"
GUARD = f"""
CREATE TRIGGER {TABLE}_is_append_only BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tips', '0025_rounds_of_rewards'),
        ('workflows', '0012_one_open_run_per_subject'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.CharField(help_text='word of the dated ladder', max_length=16)),
                ('last_day', models.DateField(help_text='end of the period when it was given', verbose_name='last day')),
                ('way', models.CharField(choices=[('message', 'message in the report, and a mail without content where an address is known'), ('page', "banner on the tipster's page")], max_length=16)),
                ('at', models.DateTimeField()),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.clock')),
                ('reward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='tips.reward')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('clock', 'rung', 'last_day'), name='reminded_once_for_each_end')],
            },
        ),
        migrations.RunSQL(GUARD, f"DROP TRIGGER {TABLE}_is_append_only ON {TABLE}"),
    ]
