"""Who represents which organisation, as representatives, officers and rules read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.models import Blob
from camaug.people.queries.directory import directory
from camaug.people.representing import Capacity, Representation, Representations

MOST_SHOWN = 200


class RelationState(StrEnum):
    """Only said; proven and not begun yet; in force; over by its day; ended before."""

    DECLARED = "DECLARED"
    COMING = "COMING"
    IN_FORCE = "IN_FORCE"
    OVER = "OVER"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation with the names of both. `until_at` None: until it is ended; `voucher` is who confirmed it.

    `by` and `office` are of the officer who recorded the proof.
    """

    id: UUID
    state: RelationState
    business_id: UUID
    business: str
    tax_code: str
    person_id: UUID
    person: str
    number: str
    capacity: str
    declared_at: datetime
    declared_by: str
    proof: str
    proven_at: datetime | None
    by: str
    office: str
    document: str
    document_date: date | None
    has_scan: bool
    voucher: str
    from_at: datetime | None
    until_at: datetime | None
    ended_at: datetime | None
    ending: str
    ended_by: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be ended."""
        return self.state != RelationState.ENDED


def represented(person: str) -> str:
    """An SQL select of rows as `behalf.standing` reads them: the organisations for which the person of that SQL
    expression acts now or later, with no acts, until when (NULL: until it is ended), from when.
    """
    return f"""SELECT json_build_array(r.business_id, NULL, r.until_at, r.from_at) AS line
        FROM people_representation r
        WHERE r.person_id = {person} AND r.proof <> '' AND r.ended_at IS NULL"""  # noqa: S608 (our own)


def relations_of(actor: Actor, *, at: datetime) -> tuple[RelationView, ...]:
    """Every relation of the actor's own, the newest first; where only his word says who he is, what he said."""
    if actor.person_id is None:
        return ()
    own = Representation.objects.filter(person_id=actor.person_id)
    if actor.by_word:
        own = own.filter(declared_by=actor.account_id, proof="")
    return _views(own.order_by("-declared_at", "-id")[:MOST_SHOWN], at)


def relations_to_confirm(actor: Actor, *, at: datetime) -> tuple[RelationView, ...]:
    """What others said of organisations that the actor represents in law, and the empowered ones of these."""
    if not actor.represents or actor.proven_id is None:
        return ()
    led = Representation.objects.in_force(at=at).filter(person_id=actor.proven_id, capacity=Capacity.LEGAL)
    others = Representation.objects.filter(business__in=led.values("business"), ended_at__isnull=True)
    others = others.exclude(person_id=actor.proven_id).exclude(capacity=Capacity.LEGAL, proof__gt="")
    return _views(others.order_by("-declared_at", "-id")[:MOST_SHOWN], at)


def relation_of(relation_id: UUID, actor: Actor, *, at: datetime) -> RelationView:
    """One of these; NotFound for everybody else."""
    mine = (*relations_of(actor, at=at), *relations_to_confirm(actor, at=at))
    found = next((one for one in mine if one.id == relation_id), None)
    if found is None:
        raise NotFound
    return found


def relation(relation_id: UUID, *, at: datetime) -> RelationView:
    """The relation, for officers who record them; NotFound."""
    found = _views(Representation.objects.filter(pk=relation_id), at)
    if not found:
        raise NotFound
    return found[0]


def relations_of_business(business_id: UUID, *, at: datetime) -> tuple[RelationView, ...]:
    """Everybody who is or was said to represent the organisation: who does now before those who did, or might."""
    rows = _views(Representation.objects.filter(business_id=business_id).order_by("-declared_at", "-id"), at)
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.state)))


def representatives(business_id: UUID, *, at: datetime) -> tuple[RelationView, ...]:
    """Who may act for the organisation at that instant, those in law first."""
    rows = Representation.objects.in_force(at=at).filter(business_id=business_id)
    return _views(rows.order_by("-capacity", "proven_at", "id"), at)


def representative_names(business_ids: Collection[UUID], *, at: datetime) -> dict[UUID, str]:
    """The name of the first of them in law, by organisation; who has none is left out."""
    rows = Representation.objects.in_force(at=at).filter(business_id__in=business_ids, capacity=Capacity.LEGAL)
    named = rows.order_by("-proven_at", "-id").values_list("business_id", "person__full_name")
    return dict(named) if business_ids else {}


def has_had_to_do_with(business_id: UUID, actor: Actor) -> bool:
    """Whether the actor is or was, or says to be, a representative of the organisation: he may know of its cases."""
    if actor.person_id is None:
        return False
    own = Representation.objects.filter(business_id=business_id, person_id=actor.person_id)
    if actor.by_word:
        own = own.filter(declared_by=actor.account_id)
    return own.exists()


def scan_of(relation_id: UUID) -> tuple[Blob, str]:
    """The scan of the paper and its name, for officers who record them; NotFound where there is none."""
    row = Representation.objects.filter(pk=relation_id).select_related("scan").first()
    if row is None or row.scan is None:
        raise NotFound
    return row.scan, row.scan_name


_ORDER = [
    RelationState.IN_FORCE,
    RelationState.DECLARED,
    RelationState.COMING,
    RelationState.OVER,
    RelationState.ENDED,
]


def _views(rows: Representations, at: datetime) -> tuple[RelationView, ...]:
    whole = rows.select_related("business", "person", "vouched_by__person")
    return tuple(_view(row, at) for row in whole)


def _view(row: Representation, at: datetime) -> RelationView:
    return RelationView(
        id=row.pk,
        state=_state(row, at),
        business_id=row.business_id,
        business=row.business.name,
        tax_code=row.business.tax_code or "",
        person_id=row.person_id,
        person=row.person.full_name,
        number=row.person.personal_number or "",
        capacity=row.capacity,
        declared_at=row.declared_at,
        declared_by=row.declared_by_name,
        proof=row.proof,
        proven_at=row.proven_at,
        by=row.proven_by_name,
        office=_office(row),
        document=row.document,
        document_date=row.document_date,
        has_scan=row.scan_id is not None,
        voucher=row.vouched_by.person.full_name if row.vouched_by else "",
        from_at=row.from_at,
        until_at=row.until_at,
        ended_at=row.ended_at,
        ending=row.ending,
        ended_by=row.ended_by_name,
        reason=row.reason,
    )


def _state(row: Representation, at: datetime) -> RelationState:
    if row.ended_at:
        return RelationState.ENDED
    if row.from_at is None:
        return RelationState.DECLARED
    if row.from_at > at:
        return RelationState.COMING
    return RelationState.OVER if row.until_at and row.until_at <= at else RelationState.IN_FORCE


def _office(row: Representation) -> str:
    if row.proven_unit is None or row.proven_at is None:
        return ""
    agencies = directory(row.proven_at.astimezone(LOCAL).date())
    return agencies.get(row.proven_unit).name if row.proven_unit in agencies else ""
