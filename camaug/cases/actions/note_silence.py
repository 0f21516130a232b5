from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.actions.stop import stop
from camaug.cases.actions.take_as_consent import take_as_consent
from camaug.cases.actions.take_draft_as_agreed import take_draft_as_agreed
from camaug.cases.lateness.addressees import Addressees
from camaug.cases.lateness.events import SilenceNoted
from camaug.cases.lateness.rules import rules_on
from camaug.cases.lifecycle import ConsultationState, DraftState, State
from camaug.cases.models import Awaited, Case, Consultation, ShownDraft, SilenceTimer, Supplement
from camaug.cases.notices import CONSENTED, DRAFT_CONSENTED, UNANSWERED
from camaug.catalogue.definition.process import SilenceEffect
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice, Said
from camaug.people.queries import directory


def note_silence(timer_id: UUID, *, by: Actor, at: datetime) -> None:
    """A timer has run out: where still nobody has answered, do what the procedure says, once.

    What cannot be stopped by itself (money would have to be given back), and an agency's consent that finds the case
    elsewhere, is told to the heads instead.
    """
    with transaction.atomic():
        timer = SilenceTimer.objects.select_for_update().filter(pk=timer_id, over_at__isnull=True).first()
        if timer is None or timer.due_at > at:
            return
        timer.over_at = at
        timer.save(update_fields=["over_at"])
        if not _is_silent(timer):
            return
        effect = SilenceEffect(timer.effect)
        if effect == SilenceEffect.CONSENT and _consented(timer, by=by, at=at):
            return
        if effect != SilenceEffect.STOP or not _stopped(timer.case_id, by=by, at=at):
            effect = SilenceEffect.ESCALATE
        noted = SilenceNoted(
            subject=timer.case_id,
            code=timer.case.code or "",
            of=timer.of,
            asked=timer.asked_id,
            effect=effect,
            due_at=timer.due_at,
        )
        record(noted, by=by, at=at)
        if effect == SilenceEffect.ESCALATE:
            _tell_heads(timer, by=by, at=at)


def _is_silent(timer: SilenceTimer) -> bool:
    if timer.of == Awaited.CONSULTATION:
        return Consultation.objects.filter(pk=timer.asked_id, state=ConsultationState.ASKED).exists()
    if timer.of == Awaited.DRAFT:
        return ShownDraft.objects.filter(pk=timer.asked_id, state=DraftState.SHOWN).exists()
    open_request = Supplement.objects.filter(pk=timer.asked_id, answered_at__isnull=True).exists()
    return open_request and timer.case.state == State.SUPPLEMENT_REQUESTED


def _consented(timer: SilenceTimer, *, by: Actor, at: datetime) -> bool:
    take, notice = (
        (take_draft_as_agreed, DRAFT_CONSENTED) if timer.of == Awaited.DRAFT else (take_as_consent, CONSENTED)
    )
    try:
        take(timer.case_id, timer.asked_id, by=by, at=at)
    except DomainError:
        return False
    case = Case.objects.get(pk=timer.case_id)
    _tell(Addressees(at=at).of_turn(case), notice, timer, case, by=by, at=at)
    return True


def _stopped(case_id: UUID, *, by: Actor, at: datetime) -> bool:
    reason = _("What is missing was not added within the time that the procedure gives for it.")
    try:
        stop(case_id, reason=reason, by=by, at=at)
    except DomainError:
        return False
    return True


def _tell_heads(timer: SilenceTimer, *, by: Actor, at: datetime) -> None:
    case, whom = Case.objects.get(pk=timer.case_id), Addressees(at=at)
    seats = [seat for step in rules_on(at.astimezone(LOCAL).date()).escalations for seat in step.to]
    _tell(whom.of_turn(case) | whom.of_seats(case, seats), UNANSWERED[timer.of], timer, case, by=by, at=at)


def _tell(
    accounts: Collection[UUID], notice: Notice, timer: SilenceTimer, case: Case, *, by: Actor, at: datetime
) -> None:
    made, words = definition(case.version_id), _words(timer, at)
    words |= {"code": case.code or "", "procedure": {"vi": made.plain_name, "en": made.plain_name_en}}
    for account in sorted(accounts):
        tell(
            notice,
            fact=timer.id,
            to=Recipient(account_id=account),
            words=words,
            link=reverse("cases:case", args=[case.code]),
            subject_id=case.id,
            by=by,
            at=at,
        )


def _words(timer: SilenceTimer, at: datetime) -> dict[str, Said]:
    if timer.of != Awaited.CONSULTATION:
        return {"due": timer.due_at}
    asked = Consultation.objects.get(pk=timer.asked_id)
    agency = directory(at.astimezone(LOCAL).date()).get(asked.agency_id)
    return {"due": timer.due_at, "agency": {"vi": agency.name, "en": agency.name_en}}
