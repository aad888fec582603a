"""A row for each slug that an entry has or had, from the columns of the entries that are there; limits in order."""

from hashlib import blake2b

from django.db import migrations, models

import faq.models

SIGNS = "23456789abcdefghjkmnpqrstvwxyz"


def short_code(slug):
    number = int.from_bytes(blake2b(slug.encode(), digest_size=8).digest())
    signs = []
    for _ in range(6):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)


def write_slugs(apps, schema_editor):
    Entry, Slug = apps.get_model("faq", "Entry"), apps.get_model("faq", "Slug")
    rows = []
    for pk, slug, former_slugs in Entry.objects.values_list("pk", "slug", "former_slugs"):
        known = dict.fromkeys((former for former in former_slugs if len(former) <= 200), True) | {slug: False}
        rows += [
            Slug(entry_id=pk, slug=known_as, is_former=is_former, short_code=short_code(known_as))
            for known_as, is_former in known.items()
        ]
    Slug.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("faq", "0006_content_version")]

    operations = [
        migrations.CreateModel(
            name="Slug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=200)),
                ("is_former", models.BooleanField()),
                ("short_code", models.CharField(db_index=True, max_length=6)),
                (
                    "entry",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="slugs", to="faq.entry"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "entry"), name="one_row_per_slug_of_entry"),
                ],
            },
        ),
        migrations.RunPython(write_slugs, migrations.RunPython.noop),
        migrations.AlterField(
            "edition",
            "limits",
            faq.models.WrittenJSONField(default=dict, editable=False, verbose_name="limits"),
        ),
        migrations.AlterField("edition", "date", models.DateField(blank=True, null=True, verbose_name="date")),
        migrations.AlterModelOptions(
            "edition",
            {
                "ordering": [models.F("date").desc(nulls_last=True), "code"],
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
            },
        ),
    ]
