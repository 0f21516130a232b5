from datetime import datetime, timedelta

from camaug.kernel.actors import Actor
from camaug.notify.models import TrayMessage

KEPT = timedelta(days=7)


def clear_tray(*, by: Actor, at: datetime) -> int:  # noqa: ARG001 (the shape of an action)
    """Forget what has stood on the demonstration's tray for a week; returns how many messages."""
    return TrayMessage.objects.filter(sent_at__lt=at - KEPT).delete()[0]
