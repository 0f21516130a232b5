"""Uploads that a cut line does not cost: they come in pieces, each kept before it is acknowledged.

The pieces lie in the database: a piece and the new offset are one transaction, and any machine takes the next one.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError, MovedOn, NotFound
from camaug.kernel.files.limits import LIMITS, MEGABYTE
from camaug.kernel.files.names import tidy
from camaug.kernel.files.refusals import FileEmpty, FileTooLarge
from camaug.kernel.models import PartialUpload, UploadPiece

LARGEST_PIECE = MEGABYTE
KEPT_FOR = timedelta(hours=24)
MOST_UNDER_WAY = 40
MOST_BYTES_UNDER_WAY = 400 * MEGABYTE
_BATCH = 200


class OffsetWrong(MovedOn):
    """The piece does not begin where the upload stands; `received` says where that is."""

    sentence = _("Some of “{name}” has already arrived. Going on from there.")


class TooMuchUnderWay(DomainError):
    """One account may not fill the store with uploads that nobody takes up."""

    sentence = _("Too many files are being sent at once. Send those that you have chosen first.")


class UploadUnfinished(DomainError):
    """The form came before the file was whole."""

    sentence = _("“{name}” has not arrived whole. Choose it again; sending goes on where it stopped.")


def begin(owner: UUID, file_name: str, size: int, *, at: datetime) -> PartialUpload:
    """Make room for a file of `size` bytes; the owner is an account."""
    name = tidy(file_name)
    if size <= 0:
        raise FileEmpty(name=name)
    if size > LIMITS.bytes:
        raise FileTooLarge(name=name, megabytes=LIMITS.megabytes)
    open_now = PartialUpload.objects.filter(owner=owner, expires_at__gt=at)
    promised = open_now.aggregate(bytes=Sum("size"))["bytes"] or 0
    if open_now.count() >= MOST_UNDER_WAY or promised + size > MOST_BYTES_UNDER_WAY:
        raise TooMuchUnderWay
    return PartialUpload.objects.create(owner=owner, file_name=name, size=size, begun_at=at, expires_at=at + KEPT_FOR)


def under_way(upload_id: UUID, owner: UUID | None, *, at: datetime) -> PartialUpload:
    """The owner's upload; NotFound for everybody else, and when its time is over."""
    found = PartialUpload.objects.filter(pk=upload_id, owner=owner, expires_at__gt=at).first() if owner else None
    if found is None:
        raise NotFound
    return found


def append(upload_id: UUID, octets: bytes, *, offset: int, owner: UUID | None, at: datetime) -> PartialUpload:
    """Keep the piece that begins at `offset`; OffsetWrong where the upload stands elsewhere, so nothing comes twice."""
    with transaction.atomic():
        under_way(upload_id, owner, at=at)
        upload = PartialUpload.objects.select_for_update().get(pk=upload_id)
        if offset != upload.received:
            raise OffsetWrong(name=upload.file_name, received=upload.received)
        if upload.received + len(octets) > upload.size:
            raise FileTooLarge(name=upload.file_name, megabytes=LIMITS.megabytes)
        if octets:
            UploadPiece.objects.create(upload=upload, start=offset, octets=octets)
            upload.received += len(octets)
            upload.expires_at = at + KEPT_FOR
            upload.save(update_fields=["received", "expires_at"])
        return upload


def content(upload: PartialUpload) -> bytes:
    """The whole file; UploadUnfinished while pieces are missing."""
    if upload.received < upload.size:
        raise UploadUnfinished(name=upload.file_name)
    return b"".join(piece.octets for piece in upload.pieces.order_by("start"))


def forget(upload_id: UUID, owner: UUID) -> None:
    """Throw an upload away: it was taken in, or nobody wants it."""
    PartialUpload.objects.filter(pk=upload_id, owner=owner).delete()


def forget_expired(*, at: datetime) -> int:
    """Throw away a batch of those whose time is over; how many."""
    over = list(PartialUpload.objects.filter(expires_at__lte=at).values_list("pk", flat=True)[:_BATCH])
    PartialUpload.objects.filter(pk__in=over).delete()
    return len(over)
