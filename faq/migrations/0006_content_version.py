from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("faq", "0005_portals")]

    operations = [
        migrations.RenameModel("Generation", "ContentVersion"),
        migrations.RemoveConstraint("contentversion", "one_generation"),
        migrations.AddConstraint(
            "contentversion", models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_content_version")
        ),
    ]
