import re

import camaug.cases.models.finding
from django.db import migrations

_APART = camaug.cases.models.finding.APART
_SQL = """
    CREATE OR REPLACE FUNCTION words_by_agency(agencies uuid[], folded text, version uuid) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        spaced text := ' ' || {spaced};
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


def _said(text: str) -> str:
    return text.replace("'", "''")


# what it answers stays, so that the index holds: a pattern takes an eighth of the time that `translate` takes
_PATTERN = f"regexp_replace(folded, '[{_said(re.escape(_APART))}]', ' ', 'g')"
_LETTERS = f"translate(folded, '{_said(_APART)}', '{' ' * len(_APART)}')"


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_names_at_the_version")]

    operations = [migrations.RunSQL(_SQL.format(spaced=_PATTERN), _SQL.format(spaced=_LETTERS))]
