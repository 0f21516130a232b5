from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import Act
from camaug.cases.actions.note_help import note_help
from camaug.cases.events import PaperAdded
from camaug.cases.lifecycle import FINISHED, PaperState, State
from camaug.cases.models import Case, CaseFile
from camaug.cases.policy import clerk_post, is_own, turn_post
from camaug.cases.unseen import unseen
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.files.arriving import Arrived, arrive
from camaug.kernel.files.refusals import FileInfected
from camaug.kernel.files.store import keep
from camaug.kernel.files.watermark import MARKED
from camaug.kernel.models import Scan

MOST_FILES = 20


class NoMoreFiles(DomainError):
    """A dossier has a limit."""

    sentence = _("A dossier may hold at most {most} files. Please join some of them in one PDF.")


class NotAPicture(DomainError):
    """Copies of an identity paper are marked with what they are for, which an office file cannot bear."""

    sentence = _("“{name}” cannot be taken as an identity paper. Send a picture or a PDF of it.")


class NotNow(DomainError):
    """Papers are added while drafting, when a supplement is asked for, or by the officers who hold the case."""

    sentence = _("Papers cannot be added to this case now.")


def add_file(case_id: UUID, paper: str, *, content: bytes, file_name: str, by: Actor, at: datetime) -> CaseFile:
    """Give a file for a component of the dossier; its real type is looked at and its bytes are kept once."""
    arrived = arrive(content, file_name)
    with transaction.atomic():
        case = Case.objects.visible_to(by, Act.PREPARE, Act.SUPPLEMENT).select_for_update().filter(pk=case_id).first()
        if case is None:
            raise unseen(case_id, by)
        check_may_change(case, by)
        given_for = next((one for one in definition(case.version_id).papers if one.id == paper), None)
        if given_for is None:
            raise NotFound
        if given_for.identity and arrived.kind.media_type not in MARKED:
            raise NotAPicture(name=arrived.kind.file_name)
        if case.files.filter(removed_at__isnull=True).count() >= MOST_FILES:
            raise NoMoreFiles(most=MOST_FILES)
        file = attach(case, paper, arrived, by=by, at=at)
        case.papers.filter(paper=paper, state=PaperState.MISSING).update(state=PaperState.GIVEN)
        note_help(case, "add_file", fields=[paper], by=by, at=at)
        return file


def attach(case: Case, paper: str, arrived: Arrived, *, by: Actor, at: datetime) -> CaseFile:
    """Put a file into the locked case's dossier; the same content again is the same file."""
    kind = arrived.kind
    blob = keep(arrived.content, media_type=kind.media_type, pages=kind.pages, foreign=True)
    if blob.scan == Scan.INFECTED:
        raise FileInfected(name=kind.file_name)
    same = case.files.filter(paper=paper, blob=blob, removed_at__isnull=True).first()
    if same is not None:
        return same
    file = CaseFile.objects.create(
        case=case, paper=paper, blob=blob, file_name=kind.file_name, added_at=at, added_by=by.account_id
    )
    Case.objects.filter(pk=case.pk).touch()
    record(PaperAdded(subject=case.id, paper=paper, file=file.id, sha256=blob.sha256), by=by, at=at)
    return file


def check_may_change(case: Case, by: Actor) -> None:
    """NotNow unless the applicant drafts or supplements, or an officer holds the open case."""
    state = State(case.state)
    if by.kind == ActorKind.PUBLIC:
        allowed = state in (State.DRAFT, State.SUPPLEMENT_REQUESTED)
    else:
        holds = turn_post(by, case) is not None or clerk_post(by, case) is not None
        allowed = state not in FINISHED and holds and not is_own(by.own, case)
    if not allowed:
        raise NotNow
