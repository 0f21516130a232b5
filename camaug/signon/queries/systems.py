from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from camaug.access.reviewing import Held
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.compiled import Compiled
from camaug.kernel.errors import NotFound
from camaug.kernel.text import sort_key
from camaug.people.queries import Directory, directory
from camaug.signon.codes import digest_of
from camaug.signon.models import System, SystemSecret
from camaug.signon.policy import ENTER, entrance


@dataclass(frozen=True, slots=True)
class SystemView:
    """A system as administrators see it; `owner` and `told_of` are names of agencies, `closed_at` None while open."""

    id: UUID
    client_id: str
    name: str
    words: str
    owner_id: UUID
    owner: str
    contact: str
    outside: bool
    audience: str
    roles: tuple[str, ...]
    authentication: str
    algorithm: str
    scopes: tuple[str, ...]
    guards: tuple[str, ...]
    told_of_id: UUID | None
    told_of: str
    redirect_uris: tuple[str, ...]
    post_logout_uris: tuple[str, ...]
    logout_uri: str
    home_uri: str
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A system as those see it who may enter it."""

    name: str
    words: str
    owner: str
    href: str


@dataclass(frozen=True, slots=True)
class SecretView:
    """A secret's first letters, and until when it holds (None: until there is another)."""

    prefix: str
    created_at: datetime
    until: datetime | None


def open_system(client_id: str) -> System | None:
    """The system of that name, unless it was closed."""
    return next(iter(_open_system(client_id=client_id)), None)


@Compiled
def _open_system(client_id: str) -> QuerySet[System]:
    return System.objects.open().filter(client_id=client_id)


def has_secret(system_id: UUID, secret: str, *, at: datetime) -> bool:
    """Whether it is one of the system's that hold at that instant."""
    return bool(_secret(system_id=system_id, digest=digest_of(secret), at=at))


@Compiled
def _secret(system_id: UUID, digest: str, at: datetime) -> QuerySet[SystemSecret]:
    return SystemSecret.objects.valid(at).filter(system_id=system_id, digest=digest)


def system(system_id: UUID, *, at: datetime) -> SystemView:
    """One system, open or closed; NotFound."""
    row = System.objects.filter(pk=system_id).first()
    if row is None:
        raise NotFound
    return _view(row, directory(_day(at)))


def systems(*, at: datetime) -> tuple[SystemView, ...]:
    """All of them: the open ones by name, then the closed ones."""
    there = directory(_day(at))
    rows = in_order(System.objects.all())
    return tuple(_view(row, there) for row in sorted(rows, key=lambda row: row.closed_at is not None))


def in_order(rows: QuerySet[System]) -> list[System]:
    """The systems by name."""
    return sorted(rows, key=lambda row: (sort_key(row.name), row.client_id))


def reviewed(*, at: datetime, only: UUID | None = None) -> Iterator[Held]:  # noqa: ARG001 (none ends by itself)
    """The open systems, as reviews of access ask about them: that of the agency that runs it."""
    rows = System.objects.open()
    for row in (rows.filter(pk=only) if only else rows).order_by("id"):
        yield Held(id=row.id, agency_id=row.owner_id, title=row.name, about=row.contact)


def secrets_of(system_id: UUID, *, at: datetime) -> tuple[SecretView, ...]:
    """Those that hold, the newest first."""
    rows = SystemSecret.objects.valid(at).filter(system_id=system_id).order_by("-created_at", "-id")
    return tuple(SecretView(row.prefix, row.created_at, row.until) for row in rows)


def enterable(actor: Actor, *, at: datetime) -> tuple[Tile, ...]:
    """The systems that the actor may enter and that have a page to begin with, by name."""
    there = directory(_day(at))
    rows = in_order(System.objects.open().exclude(home_uri=""))
    return tuple(
        Tile(row.name, row.words, _agency(row.owner_id, there), row.home_uri)
        for row in rows
        if ENTER.allows(actor, entrance(row))
    )


def _view(row: System, there: Directory) -> SystemView:
    return SystemView(
        id=row.id,
        client_id=row.client_id,
        name=row.name,
        words=row.words,
        owner_id=row.owner_id,
        owner=_agency(row.owner_id, there),
        contact=row.contact,
        outside=row.outside,
        audience=row.audience,
        roles=tuple(row.roles),
        authentication=row.authentication,
        algorithm=row.algorithm,
        scopes=tuple(row.scopes),
        guards=tuple(row.guards),
        told_of_id=row.told_of_id,
        told_of=_agency(row.told_of_id, there) if row.told_of_id else "",
        redirect_uris=tuple(row.redirect_uris),
        post_logout_uris=tuple(row.post_logout_uris),
        logout_uri=row.logout_uri,
        home_uri=row.home_uri,
        created_at=row.created_at,
        closed_at=row.closed_at,
    )


def _agency(agency_id: UUID, there: Directory) -> str:
    return there.get(agency_id).name if agency_id in there else ""


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
