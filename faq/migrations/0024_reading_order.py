"""What lets a page of a long list be read without the others: indexes in their order, when readers last got news, and the
words of slugs by the alphabet; for the entries that are there as well.
"""

from django.db import migrations, models
from django.db.models import F, Max, OuterRef, Q, Subquery

LANGUAGES = ("nl", "en")
LONG_WORD = 4
ROWS_IN_A_QUERY = 500


def ends(slug):
    words = slug.split("-")
    from_words = ("-".join(words[place:]) for place in range(1, len(words)) if len(words[place]) >= LONG_WORD)
    return [(slug, False), (slug[::-1], True), *((text, False) for text in from_words)]


def write_ends(apps, schema_editor):
    Slug, SlugEnd = apps.get_model("faq", "Slug"), apps.get_model("faq", "SlugEnd")
    rows = []
    for pk, edition, slug in Slug.objects.filter(is_former=False).values_list("pk", "entry__edition", "slug"):
        rows += [
            SlugEnd(slug_id=pk, edition_id=edition, text=text, is_backwards=is_backwards)
            for text, is_backwards in ends(slug)
        ]
    SlugEnd.objects.bulk_create(rows, batch_size=ROWS_IN_A_QUERY)


def write_news(apps, schema_editor):
    """The news of an entry is when its text changed; if it was published later, and not as a small change, its facts
    may have changed then.
    """
    Entry, Translation = apps.get_model("faq", "Entry"), apps.get_model("faq", "Translation")
    texts = Translation.objects.filter(entry=OuterRef("pk"))
    newest = texts.order_by().values("entry").annotate(newest=Max("changed_at")).values("newest")
    for language in LANGUAGES:
        name = f"news_at_{language}"
        Entry.objects.update(**{name: Subquery(texts.filter(language=language).values("changed_at")[:1])})
        told = Entry.objects.filter(Q((f"{name}__isnull", False)), is_small_change=False)
        later = told.annotate(newest=Subquery(newest)).filter(published_at__gt=F("newest"))
        later.update(**{name: F("published_at")})


class Migration(migrations.Migration):
    dependencies = [("faq", "0023_clock_reading")]

    operations = [
        migrations.CreateModel(
            name="SlugEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("is_backwards", models.BooleanField(default=False)),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.CASCADE,
                        related_name="+",
                        to="faq.edition",
                    ),
                ),
                (
                    "slug",
                    models.ForeignKey(
                        db_constraint=False, on_delete=models.CASCADE, related_name="ends", to="faq.slug"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "is_backwards", "text"], name="ends_of_slugs_by_alphabet"),
                ],
            },
        ),
        *(
            migrations.AddField("entry", name, models.DateTimeField(blank=True, editable=False, null=True))
            for name in ("news_at_nl", "news_at_en")
        ),
        migrations.AddIndex(
            "entry", models.Index(fields=["section", "order", "slug", "published_at"], name="entries_in_order")
        ),
        *(
            migrations.AddIndex("entry", models.Index(fields=[of, f"news_at_{language}"], name=f"{name}_{language}"))
            for of, name in (("edition", "news_of_an_edition"), ("section", "news_of_a_section"))
            for language in LANGUAGES
        ),
        migrations.RunPython(write_ends, migrations.RunPython.noop),
        migrations.RunPython(write_news, migrations.RunPython.noop),
    ]
