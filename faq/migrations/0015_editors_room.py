"""The words of the editors' search, from the entries that are there; what is behind; small changes; owners."""

import unicodedata

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import faq.models


def folded(text):
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def write_words(apps, schema_editor):
    Entry, EditorText = apps.get_model("faq", "Entry"), apps.get_model("faq", "EditorText")
    rows = []
    for entry in Entry.objects.prefetch_related("translations").iterator(chunk_size=500):
        said = [part for text in entry.translations.all() for part in (text.question, text.answer, *text.asked_as)]
        words = [entry.slug, *entry.former_slugs, *said, *strings(entry.draft)]
        rows.append(EditorText(entry=entry, words=folded("\n".join(" ".join(text.split()) for text in words))))
    EditorText.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("faq", "0014_edition_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "entry", "texts_behind", faq.models.WrittenJSONField(blank=True, default=dict, editable=False)
        ),
        migrations.AddField("entry", "is_small_change", models.BooleanField(default=False, editable=False)),
        migrations.AddField(
            "entry",
            "owner",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField("entry", "review_on", models.DateField(blank=True, null=True, verbose_name="review on")),
        migrations.CreateModel(
            name="EditorText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="editor_text",
                        serialize=False,
                        to="faq.entry",
                    ),
                ),
                ("words", models.TextField()),
            ],
        ),
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
