"""What the calendar and the clock do to cases. Subject: the case."""

from datetime import datetime
from uuid import UUID

from camaug.kernel.events import Event, event


@event
class CaseDeadlineMoved(Event):
    """The calendar changed, and with it the day on which the result is due. `change_id` is the event that says so."""

    code: str
    before: datetime | None
    after: datetime | None
    change: str
    change_id: UUID
    occasion: str


@event
class StepDeadlineMoved(Event):
    """The calendar changed, and with it the hour by which the step should be done."""

    code: str
    step: str
    before: datetime | None
    after: datetime | None
    change: str
    change_id: UUID
    occasion: str


@event
class SilenceNoted(Event):
    """Nobody answered in time. `of`: CONSULTATION or SUPPLEMENT, `asked`: its id, `effect`: what followed."""

    code: str
    of: str
    asked: UUID
    effect: str
    due_at: datetime


@event
class CaseEscalated(Event):
    """Heads were told of what is late or will be; `kind` and `due_at` say what, `level` how far up."""

    code: str
    kind: str
    level: int
    due_at: datetime
