"""Sets the timers of those who were asked something."""

from collections.abc import Sequence
from uuid import UUID

from camaug.cases.actions.await_answer import await_answer
from camaug.cases.events import AgencyConsulted, DraftShown, SupplementRequested
from camaug.cases.models import Awaited
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord


@subscribe("cases.await_answers", to=[AgencyConsulted.name, SupplementRequested.name, DraftShown.name])
def await_answers(rows: Sequence[EventRecord]) -> None:
    """Whoever was asked something is waited for, so long as the procedure says."""
    for row in rows:
        if row.name == AgencyConsulted.name:
            await_answer(Awaited.CONSULTATION, UUID(row.facts["consultation"]), at=row.at)
        elif row.name == DraftShown.name:
            await_answer(Awaited.DRAFT, UUID(row.facts["draft"]), at=row.at)
        else:
            await_answer(Awaited.SUPPLEMENT, UUID(row.facts["supplement"]), at=row.at)
