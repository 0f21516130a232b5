"""Files in pieces, for lines that are cut: each piece is kept before it is acknowledged."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import HeaderEx, P
from pydantic import Field

from camaug.kernel.errors import NotFound
from camaug.kernel.files import resumable
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.models import PartialUpload
from camaug.kernel.rest import MEMBERS, OCTETS, Answer, Body, Call, Made, Operations, Whole

operations = Operations("uploads")
Offset = HeaderEx[int, P(alias="Upload-Offset", ge=0, le=LIMITS.bytes, description="Where the piece begins")]
Size = Annotated[Whole, Field(ge=1, le=LIMITS.bytes)]


class Announced(Body):
    """What will be sent."""

    file_name: str = Field(min_length=1, max_length=120)
    size: Size


class Upload(Answer):
    """How much of the file has arrived, in bytes."""

    id: UUID
    file_name: str
    size: int
    received: int
    expires_at: datetime


@operations.post("/uploads", _("Begin to send a file in pieces"), Upload, door=MEMBERS)
def begin_upload(request: Call, sent: Announced) -> Made:
    """It belongs to the caller's account; what nobody goes on with is thrown away after a day."""
    begun = resumable.begin(_owner(request), sent.file_name, sent.size, at=request.at)
    return Made(_told(begun), f"/api/v1/uploads/{begun.id}")


@operations.get("/uploads/{uuid:upload}", _("How much of a file has arrived"), Upload, door=MEMBERS)
def read_upload(request: Call, upload: UUID) -> Upload:
    """Where to go on."""
    return _told(resumable.under_way(upload, _owner(request), at=request.at))


@operations.patch("/uploads/{uuid:upload}", _("Send the next piece of a file"), Upload, door=MEMBERS, **OCTETS)
def send_piece(request: Call, upload: UUID, offset: Offset) -> Upload:
    """At most 1 MB. 409 where the piece does not begin where the file stands."""
    octets = request.body[: resumable.LARGEST_PIECE]
    return _told(resumable.append(upload, octets, offset=offset, owner=_owner(request), at=request.at))


@operations.delete("/uploads/{uuid:upload}", _("Throw away a file that is being sent"), door=MEMBERS)
def discard_upload(request: Call, upload: UUID) -> None:
    """Whatever has arrived of it."""
    found = resumable.under_way(upload, _owner(request), at=request.at)
    resumable.forget(found.id, found.owner)


def _owner(request: Call) -> UUID:
    if request.actor.account_id is None:
        raise NotFound
    return request.actor.account_id


def _told(upload: PartialUpload) -> Upload:
    return Upload.model_validate(upload)
