from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.gateway.events import NationalCatalogueRead
from camaug.gateway.models import ListKind, NationalEntry, NationalProcedure
from camaug.gateway.national.choice import needed_portal
from camaug.gateway.national.contract import Listed, NationalPortal
from camaug.gateway.policy import READ_CATALOGUE
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7
from camaug.kernel.outgoing.sending import NotTaken


class CatalogueNotRead(DomainError):
    """The portal did not give its catalogue."""

    sentence = _("The national portal did not answer ({reason}). What was read before is kept.")


def read_catalogue(*, by: Actor, at: datetime) -> int:
    """Read the national catalogue, its agencies and fields of work: all or nothing. Returns how many procedures are new
    or changed there.

    It changes nothing of ours: what differs is shown to an administrator. NoPortal, CatalogueNotRead.
    """
    READ_CATALOGUE.check(by, None)
    to = needed_portal()
    try:
        read = [_one(to, row) for row in to.call("LayDanhSachTTHC") or []]
        lists = [*_entries(ListKind.AGENCY, to.agencies()), *_entries(ListKind.FIELD, to.fields())]
    except (NotTaken, KeyError, TypeError) as no:
        raise CatalogueNotRead(reason=getattr(no, "reason", type(no).__name__)) from no
    return _keep(read, lists, by=by, at=at)


def _one(to: NationalPortal, row: dict[str, Any]) -> NationalProcedure:
    code, name = str(row["MATTHC"])[:40], str(row["TENTTHC"])[:1000]
    return NationalProcedure(code=code, name=name, content=to.call("LayThuTuc", {"maTTHC": code}) or {})


def _entries(kind: ListKind, listed: Iterable[Listed]) -> Iterator[NationalEntry]:
    """Each code once, the last line of it."""
    for one in {one.code[:80]: one for one in listed if one.code}.values():
        yield NationalEntry(kind=kind, code=one.code[:80], name=one.name[:500])


@transaction.atomic
def _keep(read: list[NationalProcedure], lists: list[NationalEntry], *, by: Actor, at: datetime) -> int:
    known = {row.code: (row.name, row.content) for row in NationalProcedure.objects.select_for_update()}
    changed = sum(known.get(one.code) != (one.name, one.content) for one in read)
    for one in read:
        one.read_at = at
    NationalProcedure.objects.bulk_create(
        read, update_conflicts=True, unique_fields=["code"], update_fields=["name", "content", "read_at"]
    )
    NationalProcedure.objects.exclude(code__in=[one.code for one in read]).delete()
    NationalEntry.objects.all().delete()
    NationalEntry.objects.bulk_create(lists)
    numbers = Counter(one.kind for one in lists)
    read_now = NationalCatalogueRead(
        subject=uuid7(),
        procedures=len(read),
        changed=changed,
        agencies=numbers[ListKind.AGENCY],
        fields=numbers[ListKind.FIELD],
    )
    record(read_now, by=by, at=at)
    return changed
