"""Questions that visitors send to the editors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "0015_editors_room")]

    operations = [
        migrations.AddField(
            "askedquestion", "sent", models.PositiveIntegerField(default=0, verbose_name="sent to the editors")
        ),
        migrations.AddField("askedquestion", "is_settled", models.BooleanField(default=False, editable=False)),
    ]
