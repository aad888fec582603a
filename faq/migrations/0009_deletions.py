from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "0008_editions_of_questions_and_notes")]

    operations = [
        migrations.CreateModel(
            name="Deletion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edition", "Edition"),
                            ("section", "Section"),
                            ("entry", "Entry"),
                            ("term", "Term"),
                        ],
                        max_length=7,
                    ),
                ),
                ("edition", models.CharField(blank=True, default="", max_length=40)),
                ("slug", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "edition", "slug"), name="one_row_per_deletion"),
                ],
            },
        ),
    ]
