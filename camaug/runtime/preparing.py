"""Makes an installation ready for use: migrated, and loaded where something has not been loaded yet."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from camaug.runtime import loading
from camaug.runtime.console import step

_ONE_AT_A_TIME = 8_470_112  # PostgreSQL's advisory lock: one command prepares, the others wait


def prepare() -> None:
    """Migrate where needed, and load what has not been loaded yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
    try:
        if _unmigrated():
            with step("Migrating the database"):
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
        loading.load(settings.PROFILE, again=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def _unmigrated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
