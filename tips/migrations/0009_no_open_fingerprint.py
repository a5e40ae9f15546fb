from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tips", "0008_convert_files")]

    operations = [migrations.RemoveField("tipfile", "sha256")]
