from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import Act
from camaug.cases.actions.add_file import MOST_FILES, NoMoreFiles, check_may_change
from camaug.cases.actions.note_help import note_help
from camaug.cases.events import PicturesJoined
from camaug.cases.models import Case, CaseFile
from camaug.cases.unseen import unseen
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.files.joining import MOST_PICTURES, joined
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.files.names import tidy
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.files.sniffing import PDF
from camaug.kernel.files.store import keep, open_blob
from camaug.kernel.models import Blob


class TooFewPictures(DomainError):
    """One picture is no row of pages."""

    sentence = _("Choose two or more pictures to join.")


class TooManyPictures(DomainError):
    """A PDF of more pages than anybody photographs would be too heavy for a telephone."""

    sentence = _("At most {most} pictures can be joined into one PDF. Join them in parts.")


def join_pictures(case_id: UUID, paper: str, pictures: Sequence[UUID], *, by: Actor, at: datetime) -> CaseFile:
    """Make one PDF of several pictures of a component, in the order given, in their place.

    What an applicant has sent stays beside it, whoever joins.
    """
    with transaction.atomic():
        case = Case.objects.visible_to(by, Act.PREPARE, Act.SUPPLEMENT).select_for_update().filter(pk=case_id).first()
        if case is None:
            raise unseen(case_id, by)
        check_may_change(case, by)
        name = next((one.name for one in definition(case.version_id).papers if one.id == paper), "")
        chosen = _chosen(case, paper, pictures)
        out = _to_take_out(case, chosen, by)
        if case.files.there().count() - len(out) >= MOST_FILES:
            raise NoMoreFiles(most=MOST_FILES)
        file_name = tidy(f"{name}.pdf")
        file = CaseFile.objects.create(
            case=case,
            paper=paper,
            blob=_pdf(chosen, file_name),
            file_name=file_name,
            added_at=at,
            added_by=by.account_id,
        )
        case.files.filter(pk__in=out).update(removed_at=at)
        joining = PicturesJoined(
            subject=case.id,
            paper=paper,
            file=file.id,
            sha256=file.blob_id,
            pictures=tuple(picture.id for picture in chosen),
            out=out,
        )
        record(joining, by=by, at=at)
        note_help(case, "join_pictures", fields=[paper], by=by, at=at)
        return file


def _chosen(case: Case, paper: str, pictures: Sequence[UUID]) -> list[CaseFile]:
    given = case.files.there().pictures().filter(paper=paper).select_related("blob").in_bulk()
    if not set(pictures) <= set(given):
        raise NotFound
    chosen = [given[picture] for picture in dict.fromkeys(pictures)]
    if len(chosen) < 2:
        raise TooFewPictures
    if len(chosen) > MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    return chosen


def _to_take_out(case: Case, chosen: Sequence[CaseFile], by: Actor) -> tuple[UUID, ...]:
    mine = case.files.filter(added_by=by.account_id)
    free = mine if by.kind == ActorKind.STAFF else case.files.unsent(case, by.account_id)
    return tuple(free.filter(pk__in=[picture.pk for picture in chosen]).values_list("pk", flat=True))


def _pdf(chosen: Sequence[CaseFile], file_name: str) -> Blob:
    pdf = joined([_octets(picture) for picture in chosen])
    if len(pdf) > LIMITS.bytes:
        raise FileTooLarge(name=file_name, megabytes=LIMITS.megabytes)
    return keep(pdf, media_type=PDF, pages=len(chosen), foreign=True)


def _octets(picture: CaseFile) -> bytes:
    with open_blob(picture.blob, unscanned=True) as content:
        return bytes(content.read())
