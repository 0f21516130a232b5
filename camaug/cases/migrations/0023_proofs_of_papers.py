from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_names_at_the_version")]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="proof_code",
            field=models.CharField(max_length=12, null=True, unique=True),
        ),
    ]
