import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tips', '0027_payment_lines_of_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RewardNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('way', models.CharField(choices=[('telephone', 'by telephone'), ('letter', 'by letter'), ('in_person', 'in person')], max_length=16)),
                ('is_reached', models.BooleanField(help_text='the tipster received the notice')),
                ('day', models.DateField(help_text='day of receipt, or of the attempt that failed')),
                ('remark', models.CharField(blank=True, help_text='without any name', max_length=500, verbose_name='remark')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='tips.reward')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
    ]
