from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_fewer_indexes_of_files")]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="proof_code",
            field=models.CharField(max_length=12, null=True, unique=True),
        ),
    ]
