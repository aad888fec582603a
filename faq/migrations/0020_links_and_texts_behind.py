"""The links of entries, and the languages that are behind, from the entries that are there."""

import hashlib
import re

import django.db.models.deletion
from django.db import migrations, models

LANGUAGES = ("nl", "en")
LINKED = re.compile(r'href="entry:([^"]+)"')


def said(text):
    return " ".join(f"{text[0]}\n{text[1]}".split()) if text else ""


def name_of(texts):
    return "-".join(hashlib.sha256(said(texts.get(code)).encode()).hexdigest()[:12] for code in LANGUAGES)


def behind_in(entry, published, newest):
    """What `faq.store.publishing.languages_behind` said when this was written, of what an editor works on."""
    texts = {code: (text.question, text.answer) for code, text in published.items()}
    if name_of(texts) in entry.texts_behind:
        behind = entry.texts_behind[name_of(texts)]
    else:
        behind = [code for code, text in published.items() if text.changed_at != newest]
    draft = entry.draft["texts"] if entry.draft else None
    after = texts if draft is None else {code: (one["question"], one["answer"]) for code, one in draft.items()}
    if name_of(after) in entry.texts_behind:
        return entry.texts_behind[name_of(after)]
    changed = {code for code in after if said(texts.get(code)) != said(after[code])}
    left = {code for code in behind if code in after and code not in changed}
    if any(code in texts and code not in behind for code in changed):
        left |= {code for code in after if code not in changed}
    return [code for code in LANGUAGES if code in left]


def fill(apps, schema_editor):
    Entry, EntryLink = apps.get_model("faq", "Entry"), apps.get_model("faq", "EntryLink")
    links = []
    for entry in Entry.objects.prefetch_related("translations").iterator(chunk_size=500):
        published = {text.language: text for text in entry.translations.all()}
        newest = max((text.changed_at for text in published.values()), default=None)
        if behind := behind_in(entry, published, newest):
            Entry.objects.filter(pk=entry.pk).update(behind=" ".join(behind))
        named = {("", slug) for slug in entry.related}
        named |= {(code, slug) for code, text in published.items() for slug in LINKED.findall(text.html)}
        links += [EntryLink(entry=entry, language=code, slug=slug) for code, slug in sorted(named)]
    EntryLink.objects.bulk_create(links, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("faq", "0019_limits_changed_on_the_site")]

    operations = [
        migrations.AddField(
            "entry", "behind", models.CharField(blank=True, db_default="", default="", editable=False, max_length=40)
        ),
        migrations.CreateModel(
            name="EntryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(blank=True, max_length=2)),
                ("slug", models.CharField(max_length=200)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="faq.entry"
                    ),
                ),
            ],
        ),
        migrations.AddIndex("entry", models.Index(fields=["edition", "behind"], name="entry_by_behind")),
        migrations.AddIndex("entry", models.Index(fields=["edition", "checked"], name="entry_by_checked")),
        migrations.AddIndex("entry", models.Index(fields=["edition", "review_on"], name="entry_by_review")),
        migrations.AddConstraint(
            "entrylink",
            models.UniqueConstraint(fields=("entry", "language", "slug"), name="one_link_per_slug"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
