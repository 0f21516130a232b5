from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.end_part import end_part
from camaug.cases.events import ResultPublished
from camaug.cases.lifecycle import DeliveryState, ResultState
from camaug.cases.models import Case, Outcome, Result
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.numbers import next_book_number
from camaug.cases.results.sheets import denial_facts, result_facts, signer_of
from camaug.cases.routing import enter, following
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError

DENIALS = "TU_CHOI"


class NoSigner(DomainError):
    """A result without the one who signed it is no result."""

    sentence = _("Nobody has signed this result yet.")


@one_move
def publish_result(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Give the result its number in the book of the year and make it ready for the applicant."""
    moving = begin(case_id, "publish_result", by=by, at=at, seen=seen)
    return make_public(moving)


def make_public(moving: Moving) -> Case:
    """The inside of publishing."""
    case = moving.case
    on_time = case.promised_at is None or moving.at <= case.promised_at
    result = write_result(moving)
    enter(case, following(moving.definition.process, case.step, None), at=moving.at)
    case.finished_at = moving.at
    case.delivery.state, case.delivery.ready_at = DeliveryState.READY, moving.at
    case.delivery.save()
    published = moving.finish(
        ResultPublished(
            subject=case.id,
            code=case.code or "",
            result=result.id,
            number=result.number_text,
            outcome=case.outcome,
            on_time=on_time,
        )
    )
    end_part(published, at=moving.at)
    return published


def write_result(moving: Moving, *, instead_of: Result | None = None, reason: str = "") -> Result:
    """Write the result down with the next number of its book; what held until now (`instead_of`) ends with it."""
    case, at = moving.case, moving.at
    if case.signed_by_id is None:
        raise NoSigner
    before = instead_of or case.results.filter(state=ResultState.ISSUED).first()
    if before is not None:
        before.state, before.ended_at, before.ended_note = ResultState.REPLACED, at, reason
        before.save(update_fields=["state", "ended_at", "ended_note"])
    granted = case.outcome == Outcome.GRANTED
    kind = moving.definition.results[0]
    signed = signer_of(case.signed_by_id, case.signed_as_id)
    book = kind.book if granted else DENIALS
    day = at.astimezone(LOCAL).date()
    number = next_book_number(book, signed.agency_id, day.year)
    pattern = kind.number_pattern if granted else "{number:02d}/TB"
    number_text = pattern.format(number=number, year=day.year)
    facts = (
        result_facts(case, kind, number_text=number_text, signer=signed, on=day)
        if granted
        else denial_facts(case, number_text=number_text, signer=signed, on=day)
    )
    return Result.objects.create(
        case=case,
        result=kind.id if granted else "denial",
        name=kind.name if granted else str(_("Notice of denial")),
        book=book,
        agency_id=signed.agency_id,
        year=day.year,
        number=number,
        number_text=number_text,
        facts=facts,
        signer_name=signed.officer_name,
        signer_title=signed.title,
        signed_date=day,
        published_at=at,
        replaces=before,
    )
