from datetime import datetime
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.notify.models import TO_TRY, Delivery, DeliveryState, Reason
from camaug.notify.notices import Notice


def leave_unsent(notice: Notice, *, about: UUID, by: Actor, at: datetime) -> int:  # noqa: ARG001 (the fact is told)
    """What waits to be sent about this subject is no news any more and stays here; how many deliveries that were."""
    waiting = Delivery.objects.filter(message__notice=notice.code, message__subject_id=about, state__in=TO_TRY)
    return waiting.update(state=DeliveryState.SKIPPED, reason=Reason.TOO_OLD, next_attempt_at=None)
