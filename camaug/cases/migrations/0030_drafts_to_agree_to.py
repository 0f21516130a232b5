import camaug.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0029_refunds"),
        ("people", "0012_kinds_of_entries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="silencetimer",
            name="of",
            field=models.CharField(
                choices=[("CONSULTATION", "Consultation"), ("SUPPLEMENT", "Supplement"), ("DRAFT", "Draft")],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="ShownDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=camaug.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=40)),
                ("result", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("facts", models.JSONField()),
                ("state", models.CharField(default="SHOWN", max_length=9)),
                ("shown_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="cases.case"
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "SHOWN")),
                            models.Q(models.Q(("state", "SHOWN"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_draft_says_when",
                    ),
                    models.UniqueConstraint(
                        models.F("case"), condition=models.Q(("state", "SHOWN")), name="one_draft_waits_in_a_case"
                    ),
                ],
            },
        ),
    ]
