from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from camaug.kernel.text import sort_key

_SPELLED = """
    UPDATE catalogue_procedureversion SET folded = replace(folded, 'ð', 'd'), accented = replace(accented, 'ð', 'đ')
    WHERE accented LIKE '%ð%' OR folded LIKE '%ð%'"""


def put_in_order(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    """A province has some thousands of versions."""
    versions = apps.get_model("catalogue", "ProcedureVersion").objects
    for pk, name in versions.values_list("pk", "name").iterator():
        versions.filter(pk=pk).update(sort_key=sort_key(name))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_drafts")]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="sort_key",
            field=models.TextField(db_collation="C", default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(put_in_order, migrations.RunPython.noop),
        migrations.RunSQL(_SPELLED, migrations.RunSQL.noop),
    ]
