"""Accounts of programs: technical and service ones."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, OuterRef, Subquery

from camaug.access.models import MACHINES, Account, ApiToken


@dataclass(frozen=True, slots=True)
class MachineView:
    """A program's account. `prefix`: how its token begins; `state` "open", "ended" (its time is over) or "closed"."""

    id: UUID
    kind: str
    name: str
    purpose: str
    owner: str
    client: str
    prefix: str
    expires_at: datetime
    last_used_at: datetime | None
    state: str


def machines(*, at: datetime, limit: int = 500) -> tuple[MachineView, ...]:
    """All accounts of programs, the open ones first, the newest before older ones."""
    tokens = ApiToken.objects.filter(account=OuterRef("pk"))
    newest = tokens.filter(revoked_at=None).order_by("-created_at", "-id").values("prefix")[:1]
    used = tokens.order_by().values("account").annotate(latest=Max("last_used_at")).values("latest")
    rows = Account.objects.filter(kind__in=MACHINES).annotate(
        owner_name=F("owner__full_name"), prefix=Subquery(newest), used_at=Subquery(used)
    )
    views = [
        MachineView(
            row.id, row.kind, row.name, row.purpose, row.owner_name, row.client, row.prefix or "",
            row.expires_at or at, row.used_at, _state(row, at),
        )
        for row in rows.order_by("-created_at", "-id")[:limit]
    ]  # fmt: skip
    return tuple(sorted(views, key=lambda view: view.state != "open"))


def _state(row: Account, at: datetime) -> str:
    if not row.is_active:
        return "closed"
    return "ended" if row.expires_at is None or row.expires_at <= at else "open"
