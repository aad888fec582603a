"""The labels of fields, and what a field tells, in the words of the site. No table changes."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0010_section_introductions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='desknote',
            name='slug',
            field=models.CharField(max_length=200, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Lowercase letters, digits, and hyphens, such as what-is-expressroute.')], verbose_name='slug'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='slug',
            field=models.CharField(max_length=200, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Lowercase letters, digits, and hyphens, such as what-is-expressroute.')], verbose_name='slug'),
        ),
        migrations.AlterField(
            model_name='feedback',
            name='reason',
            field=models.CharField(blank=True, choices=[('wrong', 'Something in the answer is wrong'), ('old', 'It is out of date'), ('unclear', 'I do not understand the answer'), ('incomplete', 'It leaves something out'), ('other', 'It answers another question')], max_length=20, verbose_name='reason'),
        ),
        migrations.AlterField(
            model_name='section',
            name='slug',
            field=models.CharField(max_length=200, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Lowercase letters, digits, and hyphens, such as what-is-expressroute.')], verbose_name='slug'),
        ),
        migrations.AlterField(
            model_name='termgroup',
            name='key',
            field=models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(?:-[a-z0-9]+)*\\Z', 'Lowercase letters, digits, and hyphens, such as what-is-expressroute.')], verbose_name='name'),
        ),
    ]
