"""Files of a form, whichever way they came: with the form itself, or before it in pieces (`<field>-uploaded`)."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.files import resumable
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.models import PartialUpload
from camaug.kernel.pages import Request

type Take = Callable[[bytes, str], object]


def take_sent(request: Request, field: str, take: Take) -> list[DomainError]:
    """Give each file of the field, in the order chosen, to `take(content, name)`; why some were refused.

    One wrong file never costs the others. NotFound passes through.
    """
    attempts = [
        *(partial(_take_upload, upload, take) for upload in _uploads(request, field)),
        *(partial(_take_file, file, take) for file in request.FILES.getlist(field)),
    ]
    refusals: list[DomainError] = []
    for attempt in attempts:
        try:
            attempt()
        except NotFound:
            raise
        except DomainError as no:
            refusals.append(no)
    return refusals


def _uploads(request: Request, field: str) -> list[PartialUpload]:
    """Those that the form names; what is no more was taken in already: the form came twice."""
    found = []
    for said in request.POST.getlist(f"{field}-uploaded"):
        try:
            found.append(resumable.under_way(UUID(said), request.actor.account_id, at=request.at))
        except (ValueError, NotFound):
            continue
    return found


def _take_upload(upload: PartialUpload, take: Take) -> None:
    """Thrown away once taken or refused; kept where it is not whole yet, or where we fail."""
    content = resumable.content(upload)
    try:
        take(content, upload.file_name)
    except DomainError:
        resumable.forget(upload.id, upload.owner)
        raise
    resumable.forget(upload.id, upload.owner)


def _take_file(file: "UploadedFile[bytes]", take: Take) -> None:
    name = file.name or ""
    if (file.size or 0) > LIMITS.bytes:
        raise FileTooLarge(name=name, megabytes=LIMITS.megabytes)
    take(file.read(), name)
