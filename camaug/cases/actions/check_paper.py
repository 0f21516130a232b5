from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.events import PaperChecked
from camaug.cases.lifecycle import FINISHED, PaperState, State
from camaug.cases.models import Case, Paper
from camaug.cases.policy import PERMISSIONS, acting_post
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class SourceMissing(DomainError):
    """Data that stand for a paper say where they are from."""

    sentence = _("Say in which database the data were found, and under which number.")


def check_paper(
    case_id: UUID, paper: str, *, by: Actor, at: datetime, source: str = "", source_record: str = "", note: str = ""
) -> Paper:
    """Note that a paper was checked, or (with `source`) that data of a database stand in its place, found now."""
    with transaction.atomic():
        case = Case.objects.visible_to(by).select_for_update().filter(pk=case_id).first()
        row = case.papers.filter(paper=paper).first() if case else None
        if case is None or row is None or State(case.state) in FINISHED:
            raise NotFound
        PERMISSIONS["cases.hold"].check(by, case)
        if source_record and not source:
            raise SourceMissing
        row.state = PaperState.REPLACED if source else PaperState.CHECKED
        row.source, row.source_record, row.source_at = source, source_record, at if source else None
        row.checked_by, row.checked_at, row.note = by.account_id, at, note[:300]
        row.save()
        event = PaperChecked(subject=case.id, code=case.code or "", paper=paper, state=row.state, source=source)
        record(event, by=by, at=at, post=acting_post(by, case))
        return row
