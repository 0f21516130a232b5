from datetime import datetime

from camaug.access.models import OpenSession


def note_seen(session_key: str, *, at: datetime) -> None:
    """Write down that somebody does something in the session; never an earlier instant over a later one."""
    OpenSession.objects.filter(session_key=session_key, seen_at__lt=at).update(seen_at=at)
