import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tips', '0028_reward_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BureauClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('in_person', 'the tipster came in person'), ('letter', 'the tipster wrote a letter'), ('agent', 'an agent came with a letter of authority')], max_length=16)),
                ('authorised_on', models.DateField(help_text="day of the agent's letter of authority", null=True)),
                ('sealed_person', models.BinaryField(help_text='tipster and agent, under the identity key')),
                ('reasons', models.TextField(verbose_name='how it was proved')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bureau_claims', to='tips.reward')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('way', 'agent'), ('authorised_on', None), _connector='XOR'), name='an_agent_has_a_letter_of_authority')],
            },
        ),
    ]
