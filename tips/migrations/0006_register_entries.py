"""One row of the register for each bureau that had a tip."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ENTER = """
UPDATE tips_tip SET register_number = number WHERE register_number = '';
INSERT INTO tips_registerentry (tip_id, bureau_id, number, received_at, came_as, jurisdiction, reasons, summary,
    authority, dispute_reasons, named_reasons)
SELECT id, bureau_id, number, received_at, 'first',
    CASE is_accepted WHEN true THEN 'accepted' WHEN false THEN 'other_department' ELSE '' END,
    jurisdiction_note, '', '', '', '' FROM tips_tip;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0007_cache_table'),
        ('tips', '0005_reward_schemes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='tip',
            name='joined_at',
            field=models.DateTimeField(help_text='when it joined a case that was open already', null=True),
        ),
        migrations.AddField(
            model_name='tip',
            name='matters',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text='what it is about, as the intake officer codes it', size=None),
        ),
        migrations.AddField(
            model_name='tip',
            name='new_facts',
            field=models.TextField(blank=True, help_text='what a later tip of the case brought that was not known', verbose_name='new facts'),
        ),
        migrations.AddField(
            model_name='tip',
            name='register_number',
            field=models.CharField(default='', help_text='in the register of the bureau that has the tip', max_length=40, verbose_name='register number'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='tip',
            name='number',
            field=models.CharField(help_text='what is sealed is bound to it', max_length=40, unique=True, verbose_name='first register number'),
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='register number')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('came_as', models.CharField(choices=[('first', 'received from the tipster'), ('up', 'referred from below (移送上级)'), ('down', 'handed down by the superior (交办)'), ('sideways', 'referred by another bureau (移送)'), ('given_back', 'given back after a dispute (退回)'), ('named', 'named by the common superior (指定管辖)')], default='first', max_length=16)),
                ('jurisdiction', models.CharField(blank=True, choices=[('accepted', 'this bureau acts'), ('not_a_tip', 'not a tip (咨询、复议、信访)'), ('other_department', 'another department acts'), ('referred', 'referred within the system'), ('disputed', 'jurisdiction in dispute')], max_length=20)),
                ('registered_at', models.DateTimeField(null=True)),
                ('reasons', models.TextField(blank=True, help_text='nothing that shows who reported', verbose_name='reasons')),
                ('summary', models.TextField(blank=True, verbose_name='summary for the receiver')),
                ('authority', models.CharField(blank=True, max_length=120, verbose_name='other authority')),
                ('dispute_reasons', models.TextField(blank=True, verbose_name='why jurisdiction is disputed')),
                ('disputed_at', models.DateTimeField(null=True)),
                ('named_reasons', models.TextField(blank=True, verbose_name='reasons of the superior')),
                ('left_at', models.DateTimeField(help_text='when another bureau took the tip over', null=True)),
                ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.bureau')),
                ('came_from', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='went_to', to='tips.registerentry')),
                ('referred_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.bureau')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='tips.tip')),
            ],
            options={
                'ordering': ['received_at', 'id'],
                'indexes': [models.Index(fields=['bureau', '-received_at'], name='register_of_a_bureau')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('tip',), name='one_bureau_has_the_tip')],
            },
        ),
        migrations.RunSQL(ENTER, migrations.RunSQL.noop),
    ]
