from django.db import migrations, models

_ASKED = ("id", "promised_at", "channel", "second_supplement", "procedure", "version")
_RECEIVED = models.Q(("received_at__isnull", False))


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_promises")]

    operations = [
        *(
            migrations.RemoveIndex(model_name="case", name=name)
            for name in (
                "case_under_way_by_due",
                "case_finished_late",
                "case_reported_by_receipt",
                "case_reported_by_end",
            )
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True), ("received_at__isnull", False)),
                fields=["competent_agency", "promised_at"],
                name="case_under_way_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("finished_at__gt", models.F("promised_at"))),
                fields=["finished_at", "competent_agency"],
                name="case_finished_late",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=_RECEIVED,
                fields=["competent_agency", "received_at"],
                include=(*_ASKED, "finished_at"),
                name="case_reported_by_receipt",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=_RECEIVED,
                fields=["competent_agency", "finished_at"],
                include=(*_ASKED, "received_at"),
                name="case_reported_by_end",
            ),
        ),
    ]
