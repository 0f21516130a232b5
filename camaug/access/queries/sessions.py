"""In which browsers an account is signed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, OuterRef, Q

from camaug.access.models import IN_OFFICE, AccountKind, OpenSession

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SessionView:
    """One browser; `device` as people call it, "" where it does not say; `seen_at` is some minutes behind."""

    id: UUID
    device: str
    origin: str
    opened_at: datetime
    seen_at: datetime
    current: bool


def sessions_of(account_id: UUID, *, current_key: str, at: datetime) -> tuple[SessionView, ...]:
    """Those that are open, the present one first, then the newest."""
    opened = OpenSession.objects.filter(account_id=account_id).order_by("-opened_at")
    keys = [one.session_key for one in opened]
    alive = set(Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True))
    views = [
        SessionView(
            one.id, device_in(one.agent), one.origin, one.opened_at, one.seen_at, one.session_key == current_key
        )
        for one in opened
        if one.session_key in alive
    ]
    return tuple(sorted(views, key=lambda view: not view.current))


def longest_idle(kind: str) -> timedelta:
    """How long nothing may be done in the sessions of an account of that kind before they fall asleep."""
    minutes = settings.IDLE_MINUTES_CITIZENS if kind == AccountKind.CITIZEN else settings.IDLE_MINUTES
    return timedelta(minutes=minutes)


def idle_in(marks: Collection[UUID], *, at: datetime) -> frozenset[UUID]:
    """Of these marks of sessions those in which nobody has done anything for so long that they have fallen asleep."""
    rows = OpenSession.objects.filter(mark__in=marks).values_list("mark", "seen_at", "account__kind")
    return frozenset(mark for mark, seen_at, kind in rows if mark and at - seen_at >= longest_idle(kind))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """In how many browsers somebody is signed in now: those in office, and members of the public."""

    office: int
    public: int


def signed_in_now(*, at: datetime) -> SignedIn:
    """All of them."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    office = Count("pk", filter=Q(account__kind__in=IN_OFFICE))
    found = OpenSession.objects.filter(Exists(alive)).aggregate(n=Count("pk"), office=office)
    return SignedIn(found["office"], found["n"] - found["office"])


def device_in(agent: str) -> str:
    """ "Chrome, Windows" out of what a browser calls itself."""
    known = (next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in known if name)
