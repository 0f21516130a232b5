"""Questions to other agencies and their answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from camaug.cases.lifecycle import ConsultationState
from camaug.cases.models import Case, Cases, Consultation
from camaug.cases.policy import CONSULTED
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.queries import PositionView, directory, position


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """A question as an officer sees it. `mine`: the actor may answer it; `late`: it is open and past its time."""

    row: Consultation
    agency: str
    asked_by: PositionView
    answered_by: PositionView | None
    mine: bool
    open: bool
    late: bool


def consultations_of(case: Case, actor: Actor, *, at: datetime) -> tuple[ConsultationView, ...]:
    """The questions in a case, the newest first."""
    agencies = directory(at.astimezone(LOCAL).date())
    rows = case.consultations.select_related("file__blob", "agency").order_by("-asked_at", "-id")
    return tuple(
        ConsultationView(
            row=row,
            agency=agencies.get(row.agency_id).name if row.agency_id in agencies else row.agency.code,
            asked_by=position(row.asked_by_id),
            answered_by=position(row.answered_by_id) if row.answered_by_id else None,
            mine=row.state == ConsultationState.ASKED and CONSULTED.allows(actor, row),
            open=row.state == ConsultationState.ASKED,
            late=row.state == ConsultationState.ASKED and row.due_at < at,
        )
        for row in rows
    )


def asked_of(cases: Cases, actor: Actor) -> Cases:
    """Those of the cases in which a post of the actor is asked for an answer."""
    mine = Q(pk__in=[])
    for post in actor.posts:
        mine |= Q(agency_id=post.unit_id, role__in=["", *post.roles])
    open_questions = Consultation.objects.filter(mine, case=OuterRef("pk"), state=ConsultationState.ASKED)
    return cases.filter(Exists(open_questions))
