import camaug.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0028_reports_by_promise"),
        ("people", "0012_kinds_of_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=camaug.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("state", models.CharField(default="OWED", max_length=9)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("LESS_DUE", "Less Due"),
                            ("DENIED", "Denied"),
                            ("REFUSED", "Refused"),
                            ("STOPPED", "Stopped"),
                        ],
                        max_length=8,
                    ),
                ),
                ("amount", models.PositiveBigIntegerField()),
                ("payee_name", models.CharField(max_length=200)),
                ("payee_number", models.CharField(blank=True, max_length=14)),
                ("owed_at", models.DateTimeField()),
                ("paid_at", models.DateTimeField(null=True)),
                ("paid_by", models.UUIDField(null=True)),
                ("way", models.CharField(blank=True, max_length=10)),
                ("receipt_number", models.CharField(blank=True, max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="refunds", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "state", "owed_at", "id"], name="refund_of_a_counter")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="refund_is_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_at__isnull", True), ("state", "OWED")),
                            models.Q(
                                ("paid_at__isnull", False),
                                ("paid_by__isnull", False),
                                ("state", "PAID_BACK"),
                                models.Q(("way", ""), _negated=True),
                                models.Q(("receipt_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="paid_refund_says_when_by_whom_and_how",
                    ),
                    models.UniqueConstraint(
                        models.F("case"), condition=models.Q(("state", "OWED")), name="one_refund_is_owed_a_case"
                    ),
                ],
            },
        ),
    ]
