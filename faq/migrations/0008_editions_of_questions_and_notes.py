from django.conf import settings
from django.core.validators import RegexValidator
from django.db import migrations, models


def questions_of_the_default_edition(apps, schema_editor):
    """Until now every question was counted as one put to the default edition."""
    codes = list(apps.get_model("faq", "Edition").objects.order_by("-date", "code").values_list("code", flat=True))
    if codes:
        code = settings.DEFAULT_EDITION if settings.DEFAULT_EDITION in codes else codes[0]
        apps.get_model("faq", "AskedQuestion").objects.filter(edition="").update(edition=code)


class Migration(migrations.Migration):
    dependencies = [("faq", "0007_slugs_and_editions")]

    operations = [
        migrations.RemoveConstraint("askedquestion", "one_row_per_week"),
        migrations.AddField(
            "askedquestion", "edition", models.CharField("edition", blank=True, default="", max_length=40)
        ),
        migrations.AddConstraint(
            "askedquestion",
            models.UniqueConstraint(
                fields=("week", "edition", "language", "text"), name="one_row_per_week_and_edition"
            ),
        ),
        migrations.RunPython(questions_of_the_default_edition, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            "desknote",
            {
                "ordering": ["slug", "edition"],
                "verbose_name": "note for the desk",
                "verbose_name_plural": "notes for the desk",
            },
        ),
        migrations.AddField(
            "desknote", "edition", models.CharField("edition", blank=True, default="", max_length=40)
        ),
        migrations.AlterField(
            "desknote",
            "slug",
            models.CharField(
                "slug",
                max_length=200,
                validators=[
                    RegexValidator(
                        "^[a-z0-9]+(?:-[a-z0-9]+)*\\Z",
                        "Lower-case letters, digits and hyphens, such as what-is-expressroute.",
                    )
                ],
            ),
        ),
        migrations.AddConstraint(
            "desknote", models.UniqueConstraint(fields=("slug", "edition"), name="one_note_per_edition")
        ),
    ]
