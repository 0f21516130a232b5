from django.db import migrations

GIVEN = """UPDATE people_officer o SET own_numbers = ARRAY[found.number]
FROM (SELECT id, '0960' || (66 + n % 34) || lpad((950000 + n / 34)::text, 6, '0') AS number
      FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM people_officer
            WHERE synthetic AND person_id IS NULL AND own_numbers = '{}') counted) found
WHERE found.id = o.id"""


class Migration(migrations.Migration):
    """Who decides must be known as a citizen: so invented officers get the numbers that a new load gives them."""

    dependencies = [("people", "0013_the_letter_d_typed_otherwise")]

    operations = [migrations.RunSQL(GIVEN, migrations.RunSQL.noop)]
