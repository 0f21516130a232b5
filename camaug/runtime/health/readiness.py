"""What an installation needs before it can serve anybody."""

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

_migrated = False  # once seen, it stays so while the process lives: migrations come with a new process


def missing() -> list[str]:
    """One word for each thing that is not there: `database`, `migrations`, `files`; empty: ready."""
    return [name for name, holds in (("database", _database()), ("files", _files())) if not holds] or _unmigrated()


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _files() -> bool:
    folder = settings.FILES_ROOT
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return os.access(nearest, os.W_OK | os.X_OK)


def _unmigrated() -> list[str]:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [] if _migrated else ["migrations"]
