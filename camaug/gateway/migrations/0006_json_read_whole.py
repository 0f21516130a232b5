import camaug.kernel.json_column
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("gateway", "0005_shipments_by_age"),
    ]

    operations = [
        migrations.AlterField(
            model_name="shipment",
            name="data",
            field=camaug.kernel.json_column.JSONColumn(null=True),
        ),
    ]
