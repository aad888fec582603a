"""The limits of an edition become rows: until now the limits file stood as JSON in one column, which goes next."""

import hashlib
import json

import django.db.models.deletion
from django.db import migrations, models

import faq.models


def move_to_rows(apps, schema_editor):
    """Each limit and each source of an edition as a row. Backwards there is nothing to do: `sync` fills the column."""
    Edition, LimitSource, Limit = (apps.get_model("faq", name) for name in ("Edition", "LimitSource", "Limit"))
    for edition in Edition.objects.all():
        raw = edition.limits_file
        if not raw:
            continue
        sources = {
            key: LimitSource.objects.create(edition=edition, order=order, key=key, **fields)
            for order, (key, fields) in enumerate(raw.get("sources", {}).items())
        }
        for order, (key, leaf) in enumerate(leaves_of(raw, "")):
            source = sources[leaf["source"]]
            Limit.objects.create(edition=edition, order=order, key=key, source=source, **columns_of(leaf))
        edition.limits_checked = raw.get("checked")
        edition.limits_digest = hashlib.sha256(json.dumps(raw).encode()).hexdigest()
        edition.save()


def leaves_of(table, prefix):
    for name, child in table.items():
        if not isinstance(child, dict) or (not prefix and name == "sources"):
            continue
        if child.keys() & {"value", "range", "same_as"}:
            yield prefix + name, child
        else:
            yield from leaves_of(child, f"{prefix}{name}.")


def columns_of(leaf):
    columns = {"value": leaf.get("range", leaf.get("value")), "is_range": "range" in leaf}
    columns |= {name: leaf[name] for name in ("unit", "same_as", "entry", "checked", "conflicts") if name in leaf}
    for name in ("name", "note", "shown"):
        columns |= {f"{name}_{language}": text for language, text in leaf.get(name, {}).items()}
    return columns


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0011_labels'),
    ]

    operations = [
        migrations.RenameField("edition", "limits", "limits_file"),
        migrations.AddField(
            model_name='edition',
            name='limits_checked',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='limits_digest',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.CreateModel(
            name='LimitSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=40)),
                ('document', models.CharField(max_length=200)),
                ('date', models.CharField(max_length=10)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('copy_date', models.CharField(blank=True, max_length=10)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limit_sources', to='faq.edition')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=200)),
                ('value', faq.models.WrittenJSONField(blank=True, null=True)),
                ('is_range', models.BooleanField(default=False)),
                ('same_as', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('checked', models.DateField(blank=True, null=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('entry', models.CharField(blank=True, max_length=200)),
                ('name_nl', models.CharField(max_length=300)),
                ('name_en', models.CharField(max_length=300)),
                ('shown_nl', models.CharField(blank=True, max_length=300)),
                ('shown_en', models.CharField(blank=True, max_length=300)),
                ('note_nl', models.TextField(blank=True)),
                ('note_en', models.TextField(blank=True)),
                ('conflicts', faq.models.WrittenJSONField(blank=True, default=list)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limits', to='faq.edition')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limits', to='faq.limitsource')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.AddConstraint(
            model_name='limitsource',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='one_source_per_key'),
        ),
        migrations.AddConstraint(
            model_name='limit',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='one_limit_per_key'),
        ),
        migrations.RunPython(move_to_rows, migrations.RunPython.noop),
    ]
