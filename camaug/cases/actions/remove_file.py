from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.behalf.queries import Act
from camaug.cases.actions.add_file import NotNow
from camaug.cases.actions.note_help import note_help
from camaug.cases.events import PaperRemoved
from camaug.cases.lifecycle import PaperState
from camaug.cases.models import Case
from camaug.cases.unseen import unseen
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def remove_file(case_id: UUID, file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a file out of a draft, or out of a supplement that was not sent yet. What was sent stays."""
    with transaction.atomic():
        case = Case.objects.visible_to(by, Act.PREPARE, Act.SUPPLEMENT).select_for_update().filter(pk=case_id).first()
        file = case.files.filter(pk=file_id).first() if case else None
        if case is None or file is None:
            raise unseen(case_id, by)
        if file.removed_at is not None:
            return
        if not case.files.unsent(case, by.account_id).filter(pk=file.pk).exists():
            raise NotNow
        file.removed_at = at
        file.save(update_fields=["removed_at"])
        Case.objects.filter(pk=case.pk).touch()
        if not case.files.filter(paper=file.paper, removed_at__isnull=True).exists():
            case.papers.filter(paper=file.paper, state=PaperState.GIVEN).update(state=PaperState.MISSING)
        note_help(case, "remove_file", fields=[file.paper], by=by, at=at)
        record(PaperRemoved(subject=case.id, paper=file.paper, file=file.id), by=by, at=at)
