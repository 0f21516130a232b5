from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0019_marks_of_sessions")]

    operations = [
        migrations.AlterField(
            model_name="accountdecision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("REOPENED", "Reopened"),
                    ("FACTORS_RESET", "Factors Reset"),
                    ("SIGNED_OUT", "Signed Out"),
                    ("KIND_CHANGED", "Kind Changed"),
                    ("ALL_SIGNED_OUT", "All Signed Out"),
                ],
                max_length=16,
            ),
        ),
    ]
