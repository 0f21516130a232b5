from importlib import import_module

import camaug.cases.models.finding
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# as before, and the version of the procedure beside the words
_APART = camaug.cases.models.finding.APART
_WORDS = f"""
    CREATE FUNCTION words_by_agency(agencies uuid[], folded text, version uuid) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        spaced text := ' ' || translate(folded, '{_APART.replace("'", "''")}', '{" " * len(_APART)}');
        found text[] := '{{}}';
        agency uuid;
        few text;
    BEGIN
        FOREACH agency IN ARRAY agencies LOOP
            few := right(agency::text, 8);
            found := found || string_to_array(replace(spaced, ' ', ' ' || few), ' ')
                || (few || '#' || right(version::text, 8));
        END LOOP;
        RETURN found;
    END $$"""
_WITHOUT = import_module("camaug.cases.migrations.0020_whole_words_and_fewer_indexes")._WORDS


class Migration(migrations.Migration):
    dependencies = [
        ("behalf", "0001_initial"),
        ("cases", "0021_acting_for_another"),
        ("catalogue", "0004_drafts"),
        ("people", "0010_own_numbers"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_by_word"),
        migrations.RunSQL(_WORDS, "DROP FUNCTION words_by_agency(uuid[], text, uuid)"),
        migrations.RunSQL("DROP FUNCTION words_by_agency(uuid[], text)", _WITHOUT),
        migrations.AlterField(
            model_name="case",
            name="business",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.business",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="parent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="procedure",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.procedure"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.procedureversion",
            ),
        ),
        # rows as they come are longer than 2 kB: to press them together at every writing costs more than their room
        migrations.RunSQL(
            "ALTER TABLE cases_case SET (toast_tuple_target = 8160); ALTER TABLE cases_slip SET (toast_tuple_target = 8160)",
            "ALTER TABLE cases_case RESET (toast_tuple_target); ALTER TABLE cases_slip RESET (toast_tuple_target)",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("business__isnull", False)), fields=["business"], name="case_by_business"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("participants"),
                camaug.cases.models.finding.Words("participants", "folded", "version"),
                camaug.cases.models.finding.Quarter("submitted_at"),
                name="case_by_word",
            ),
        ),
    ]
