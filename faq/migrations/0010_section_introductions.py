"""A section can say something before its questions, in each language."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the introductions, which are empty."""

    dependencies: ClassVar = [("faq", "0009_deletions")]

    operations: ClassVar = [
        migrations.AddField(
            "section", "introduction_nl", models.TextField(blank=True, verbose_name="introduction (Dutch)")
        ),
        migrations.AddField(
            "section", "introduction_en", models.TextField(blank=True, verbose_name="introduction (English)")
        ),
    ]
