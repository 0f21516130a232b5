from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from camaug.kernel.errors import NotFound
from camaug.people.models import Place
from camaug.people.queries.directory import revision
from camaug.people.queries.matching import matching


@dataclass(frozen=True, slots=True)
class PlaceView:
    """An administrative unit: `kind` PROVINCE, DISTRICT or COMMUNE; `full_name` goes up to the province."""

    id: UUID
    code: str
    name: str
    full_name: str
    kind: str
    parent_id: UUID | None


@dataclass(slots=True)
class _Kept:
    token: UUID | None
    by_id: dict[UUID, PlaceView] = field(default_factory=dict)


_kept: _Kept | None = None


def place(place_id: UUID) -> PlaceView:
    """The place; raises NotFound. Read once a process, as long as the directory's revision holds."""
    global _kept
    token, kept = revision(), _kept
    if kept is None or token is None or kept.token != token:
        _kept = kept = _Kept(token)
    if place_id not in kept.by_id:
        row = Place.objects.filter(id=place_id).first()
        if row is None:
            raise NotFound
        kept.by_id[place_id] = _view(row)
    return kept.by_id[place_id]


def place_by_code(kind: str, code: str, at: date) -> PlaceView:
    """The place of that kind with that statistics code on that day; raises NotFound."""
    row = _valid(at).filter(kind=kind, code=code).first()
    if row is None:
        raise NotFound
    return _view(row)


def provinces(at: date) -> tuple[PlaceView, ...]:
    """The provinces of that day, by code."""
    return tuple(_view(row) for row in _valid(at).filter(parent=None).order_by("code"))


def subdivisions(place_id: UUID, at: date) -> tuple[PlaceView, ...]:
    """The places right under that one on that day, by code."""
    return tuple(_view(row) for row in _valid(at).filter(parent_id=place_id).order_by("code"))


def search_places(words: str, at: date, *, within: UUID | None = None, limit: int = 20) -> tuple[PlaceView, ...]:
    """Places whose full name holds every word; accented matches first, then higher places; only below `within`."""
    rows = matching(_valid(at), words, then=("-kind", "code"))
    if within:
        rows = rows.filter(Q(parent_id=within) | Q(parent__parent_id=within))
    return tuple(_view(row) for row in rows[:limit])


def _valid(at: date) -> QuerySet[Place]:
    return Place.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)


def _view(row: Place) -> PlaceView:
    return PlaceView(row.id, row.code, row.name, row.full_name, row.kind, row.parent_id)
