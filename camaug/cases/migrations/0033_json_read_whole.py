import camaug.kernel.json_column
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0032_looks_are_bound"),
    ]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="answers",
            field=camaug.kernel.json_column.JSONColumn(default=dict),
        ),
        migrations.AlterField(
            model_name="payment",
            name="items",
            field=camaug.kernel.json_column.JSONColumn(),
        ),
        migrations.AlterField(
            model_name="result",
            name="facts",
            field=camaug.kernel.json_column.JSONColumn(),
        ),
        migrations.AlterField(
            model_name="showndraft",
            name="facts",
            field=camaug.kernel.json_column.JSONColumn(),
        ),
        migrations.AlterField(
            model_name="slip",
            name="facts",
            field=camaug.kernel.json_column.JSONColumn(),
        ),
        migrations.AlterField(
            model_name="supplement",
            name="corrections",
            field=camaug.kernel.json_column.JSONColumn(default=dict),
        ),
        migrations.AlterField(
            model_name="supplement",
            name="items",
            field=camaug.kernel.json_column.JSONColumn(),
        ),
    ]
