from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.files.names import tidy
from camaug.kernel.files.store import keep
from camaug.kernel.tables.reading import read_table
from camaug.kernel.tables.writing import CSV_TYPE, XLSX_TYPE
from camaug.people.events import TableSent
from camaug.people.models import Import, ImportProgress, SheetKind
from camaug.people.policy import ADMINISTER


class NoSuchKind(DomainError):
    """Not a kind of table."""

    sentence = _("Choose what the table holds.")


def send_table(kind: str, content: bytes, *, file_name: str, language: str, by: Actor, at: datetime) -> Import:
    """Keep a table that is to be checked and then imported. Raises NoSuchKind and what read_table raises."""
    ADMINISTER.check(by, None)
    if kind not in SheetKind.values:
        raise NoSuchKind
    read_table(content, file_name)
    acting = by.post_granted(ADMINISTER.code, *by.unit_ids)
    with transaction.atomic():
        blob = keep(content, media_type=XLSX_TYPE if content.startswith(b"PK") else CSV_TYPE)
        run = Import.objects.create(
            kind=kind,
            blob=blob,
            file_name=tidy(file_name),
            language=language[:5],
            account_id=by.account_id,
            actor_name=by.name,
            post_id=acting.id if acting else None,
            origin=by.origin,
            sent_at=at,
        )
        ImportProgress.objects.create(run=run)
        record(TableSent(subject=run.id, kind=kind, sha256=blob.sha256), by=by, at=at)
    return run
