"""The one row of the generation counter."""

from django.db import migrations
from django.utils import timezone


def first_generation(apps, schema_editor):
    apps.get_model("faq", "Generation").objects.get_or_create(pk=1, defaults={"number": 1, "changed_at": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [("faq", "0001_initial")]
    operations = [migrations.RunPython(first_generation, migrations.RunPython.noop)]
