from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0025_proofs_of_papers")]

    operations = [
        migrations.AddField(
            model_name="listreading",
            name="number_print",
            field=models.CharField(blank=True, default="", max_length=90),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="listreading",
            index=models.Index(
                condition=models.Q(("number_print", ""), _negated=True),
                fields=["number_print"],
                name="list_reading_by_number",
            ),
        ),
    ]
