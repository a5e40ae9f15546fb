"""The cache lies in PostgreSQL: signing in and its limits work while the broker is down."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", "cache_entry", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_closing_ground_and_report_document")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
