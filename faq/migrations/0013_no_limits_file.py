"""The column of the limits file goes: by itself, since PostgreSQL alters no table that waits for its constraints."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("faq", "0012_limit_rows")]

    operations = [migrations.RemoveField("edition", "limits_file")]
