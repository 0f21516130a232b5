from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.cases.events import FileQuarantined
from camaug.cases.lifecycle import PaperState
from camaug.cases.models import Case, CaseFile
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def quarantine(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a file out of the dossier in which a virus was found; whichever state the case is in. Once is enough."""
    with transaction.atomic():
        owner = Case.objects.filter(files=file_id).values("pk")
        case = Case.objects.select_for_update().filter(pk__in=owner).first()
        file = CaseFile.objects.infected().select_related("blob").filter(pk=file_id).first()
        if case is None or file is None:
            raise NotFound
        if file.removed_at is not None:
            return
        file.removed_at = at
        file.save(update_fields=["removed_at"])
        Case.objects.filter(pk=case.pk).touch()
        if not case.files.there().filter(paper=file.paper).exists():
            given = (PaperState.GIVEN, PaperState.CHECKED)
            case.papers.filter(paper=file.paper, state__in=given).update(state=PaperState.MISSING)
        gone = FileQuarantined(subject=case.id, paper=file.paper, file=file.id, virus=file.blob.virus)
        record(gone, by=by, at=at)
