from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from camaug.cases.models import Awaited, Consultation, ShownDraft, SilenceTimer, Supplement
from camaug.catalogue.definition.process import Process, Silence, SilenceEffect
from camaug.catalogue.queries import definition
from camaug.worktime.queries import calendar_of

type Asked = Consultation | Supplement | ShownDraft


def await_answer(of: Awaited, asked_id: UUID, *, at: datetime) -> None:
    """Set the timer of what was asked, once, where the procedure has a rule for silence; it states no fact of its own.

    An agency that is asked, and an applicant who is shown a draft, are always waited for: without a rule, their silence
    is told when the answer was due.
    """
    with transaction.atomic():
        asked = _asked(of, asked_id)
        rule = _rule(definition(asked.case.version_id).process, asked)
        if rule is None:
            return
        hours, effect = rule
        unit, since = _from(asked)
        due = calendar_of(unit, at=at).add_working_time(since, hours) if hours else since
        SilenceTimer.objects.get_or_create(
            asked_id=asked_id, defaults={"case_id": asked.case_id, "of": of, "effect": effect, "due_at": due}
        )


def _asked(of: Awaited, asked_id: UUID) -> Asked:
    if of == Awaited.DRAFT:
        return ShownDraft.objects.select_related("case").get(pk=asked_id)
    if of == Awaited.CONSULTATION:
        return Consultation.objects.select_related("case").get(pk=asked_id)
    return Supplement.objects.select_related("case").get(pk=asked_id)


def _from(asked: Asked) -> tuple[UUID | None, datetime]:
    """By whose calendar it is counted, and from when."""
    if isinstance(asked, Consultation):
        return asked.agency_id, asked.due_at
    if isinstance(asked, ShownDraft):
        return asked.case.receiving_agency_id, asked.due_at
    return asked.case.receiving_agency_id, asked.requested_at


def _rule(process: Process, asked: Asked) -> tuple[timedelta, SilenceEffect] | None:
    if isinstance(asked, Supplement):
        return _read(process.unsupplemented)
    if isinstance(asked, ShownDraft):
        consent = process.step(asked.step).draft_consent
        return timedelta(0), consent.silence if consent else SilenceEffect.ESCALATE
    foreseen = (one for step in process.steps for one in step.consultations if one.id == asked.consultation)
    return _read(next((one.silence for one in foreseen), None)) or (timedelta(0), SilenceEffect.ESCALATE)


def _read(silence: Silence | None) -> tuple[timedelta, SilenceEffect] | None:
    return (timedelta(hours=float(silence.after_hours)), silence.then) if silence else None
