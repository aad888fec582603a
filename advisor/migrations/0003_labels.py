"""The labels of fields, and what a field tells, in the words of the site. No table changes."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advisor', '0002_help_keys'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='keptdesign',
            options={'ordering': ['-kept_at'], 'verbose_name': 'saved design', 'verbose_name_plural': 'saved designs'},
        ),
        migrations.AlterField(
            model_name='helpkey',
            name='key',
            field=models.CharField(max_length=100, unique=True, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\Z', 'Letters, digits, dots, hyphens, and underscores, such as vpn-form.clients.')], verbose_name='key'),
        ),
        migrations.AlterField(
            model_name='keptdesign',
            name='kept_at',
            field=models.DateTimeField(verbose_name='saved'),
        ),
    ]
