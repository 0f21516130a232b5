"""In which browsers an account is signed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session

from camaug.access.models import OpenSession

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


def device_in(agent: str) -> str:
    """ "Chrome, Windows" out of what a browser calls itself."""
    known = (next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in known if name)
