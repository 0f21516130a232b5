from django.db import migrations, models

# of each case that was late when a stop began, what had been promised before the first of these stops; of the others the
# date before an apology, unless the limit has begun anew since
_FILL = """
    UPDATE cases_case SET promised_at = due_at WHERE due_at IS NOT NULL;
    WITH promises AS (
        SELECT s.case_id, s.from_at, CASE WHEN e.given_at <= s.from_at AND NOT EXISTS (
                SELECT FROM cases_stop r WHERE r.case_id = s.case_id AND r.effect = 'RESTART'
                AND r.from_at >= e.given_at AND r.from_at < s.from_at
            ) THEN e.due_before ELSE s.due_before END AS promised
        FROM cases_stop s LEFT JOIN cases_extension e USING (case_id)
    ), late AS (
        SELECT DISTINCT ON (case_id) case_id, promised FROM promises WHERE promised < from_at ORDER BY case_id, from_at
    ), excused AS (
        SELECT e.case_id, e.due_before AS promised FROM cases_extension e JOIN cases_case c ON c.id = e.case_id
        WHERE c.due_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM cases_stop r WHERE r.case_id = e.case_id AND r.effect = 'RESTART' AND r.from_at >= e.given_at
        )
    )
    UPDATE cases_case c SET promised_at = found.promised FROM (
        SELECT * FROM late UNION ALL SELECT * FROM excused WHERE case_id NOT IN (SELECT case_id FROM late)
    ) found WHERE c.id = found.case_id"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_searches_by_number")]

    operations = [
        migrations.AddField(model_name="case", name="promised_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
