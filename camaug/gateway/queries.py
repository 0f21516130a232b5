"""What other systems were told, and how the national catalogue differs from ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from camaug.cases.queries.exchange import codes_of
from camaug.catalogue.queries import fields
from camaug.catalogue.queries.versions import in_force
from camaug.gateway.lifecycle import ShipmentState
from camaug.gateway.models import ListKind, NationalEntry, NationalProcedure, Replay, Shipment
from camaug.kernel.errors import NotFound
from camaug.kernel.paging import Page, page_of
from camaug.kernel.text import accented
from camaug.people.queries import directory


@dataclass(frozen=True, slots=True)
class ShipmentView:
    """One message with the code of its case ("" where the case is gone)."""

    id: UUID
    case_id: UUID
    service: str
    code: str
    state: str
    attempts: int
    problem: str
    arisen_at: datetime
    sent_at: datetime | None
    next_attempt_at: datetime | None
    data: dict[str, Any] | None

    @property
    def may_be_resent(self) -> bool:
        """Whether sending once more would do anything."""
        return self.state != ShipmentState.WAITING


def shipments(*, state: str = "", code: str = "", token: str = "", size: int = 50) -> Page[ShipmentView]:
    """Messages, the latest first; of one state, of one case."""
    rows = Shipment.objects.defer("data")
    if state:
        rows = rows.filter(state=state)
    if code:
        rows = rows.filter(case_id__in=codes_of(codes=[code]))
    page = page_of(rows, key="arisen_at", token=token, size=size, descending=True)
    codes = codes_of(ids=[row.case_id for row in page.rows])
    return Page(tuple(_view(row, codes.get(row.case_id, "")) for row in page.rows), page.older, page.newer)


def shipment(shipment_id: UUID) -> ShipmentView:
    """One message with what was sent; NotFound."""
    row = Shipment.objects.filter(pk=shipment_id).first()
    if row is None:
        raise NotFound
    return _view(row, codes_of(ids=[row.case_id]).get(row.case_id, ""), data=row.data)


def unsent() -> dict[str, int]:
    """How many messages wait, have failed, were given up; a state that has none is left out."""
    rows = Shipment.objects.exclude(state=ShipmentState.SENT).values_list("state").annotate(number=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class ReplayView:
    """How far it is with telling again all cases that changed since an instant."""

    since: datetime
    cases: int


def replays_under_way() -> tuple[ReplayView, ...]:
    """Those that the worker is still at, the oldest first."""
    rows = Replay.objects.filter(finished_at__isnull=True).order_by("id")
    return tuple(ReplayView(row.since, row.cases) for row in rows)


def replays_to_do() -> tuple[UUID, ...]:
    """The same by their ids."""
    return tuple(Replay.objects.filter(finished_at__isnull=True).order_by("id").values_list("id", flat=True))


def _view(row: Shipment, code: str, *, data: dict[str, Any] | None = None) -> ShipmentView:
    return ShipmentView(
        id=row.id,
        case_id=row.case_id,
        service=row.service,
        code=code,
        state=row.state,
        attempts=row.attempts,
        problem=row.problem,
        arisen_at=row.arisen_at,
        sent_at=row.sent_at,
        next_attempt_at=row.next_attempt_at,
        data=data,
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """What our catalogue and the national one do not say the same of: a procedure, an agency, a field of work; "" where
    one does not have it.
    """

    code: str
    ours: str
    theirs: str
    slug: str = ""


def differences(on: date) -> Iterator[Difference]:
    """Procedures that only one of the catalogues has, or that are called otherwise, by national code."""
    theirs = dict(NationalProcedure.objects.values_list("code", "name"))
    ours = {version.national_code: version for version in in_force(on) if version.national_code}
    for code in sorted(theirs.keys() | ours.keys()):
        version, name = ours.get(code), theirs.get(code, "")
        if version is None or version.name != name:
            yield Difference(code, version.name if version else "", name, version.code if version else "")


def differing_agencies(on: date) -> Iterator[Difference]:
    """Agencies of the province that only one of the two lists, or that are called otherwise, by identity code.

    A code of ours that is only a placeholder is compared with nothing.
    """
    theirs = {code: name for code, name in _listed(ListKind.AGENCY).items() if _is_of_the_province(code)}
    ours = {agency.code: agency.name for agency in directory(on) if not agency.code_is_placeholder}
    for code in sorted(theirs.keys() | ours.keys()):
        if ours.get(code) != theirs.get(code):
            yield Difference(code, ours.get(code, ""), theirs.get(code, ""))


def differing_fields(on: date) -> Iterator[Difference]:
    """Fields of our procedures that the national list does not call so; it has its own codes and many more fields."""
    theirs = {accented(name) for name in _listed(ListKind.FIELD).values()}
    for field in fields(on):
        if accented(field.name) not in theirs:
            yield Difference(field.code, field.name, "")


def _listed(kind: ListKind) -> dict[str, str]:
    return dict(NationalEntry.objects.filter(kind=kind).values_list("code", "name"))


def _is_of_the_province(code: str) -> bool:
    unit = settings.NATIONAL_PORTAL_UNIT
    return bool(unit) and (code == unit or code.startswith(f"{unit}."))


def catalogue_read_at() -> datetime | None:
    """When the national catalogue was last read; None: never."""
    row = NationalProcedure.objects.order_by("-read_at").first()
    return row.read_at if row else None
