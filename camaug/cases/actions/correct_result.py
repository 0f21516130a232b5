from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.publish_result import write_result
from camaug.cases.actions.recount_fees import recount_fees
from camaug.cases.dues import dues
from camaug.cases.events import ResultCorrected
from camaug.cases.lifecycle import DeliveryState, ResultState
from camaug.cases.models import Case, Delivery, Result
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.policy import deciding_post
from camaug.cases.words import find_by
from camaug.catalogue.forms.answers import check, prune
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput


class NoResult(DomainError):
    """Only what was issued, and still holds, can be corrected or revoked."""

    sentence = _("This case has no result in force.")


@one_move
def correct_result(
    case_id: UUID,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Case:
    """Issue a corrected result, with a number of its own, in the place of a wrong one; it is handed out again.

    The head who corrects signs it. `answers` are the declared answers as they should be, whole (None: they are right,
    the paper was wrong). InvalidInput with a sentence by field.
    """
    moving = begin(case_id, "correct_result", by=by, at=at, seen=seen)
    case = moving.case
    moving.post = deciding_post(by, case)
    wrong = result_in_force(case)
    note = moving.note(reason)
    if answers is not None:
        _change(moving, answers)
    case.signed_by_id = moving.post.id if moving.post else case.signed_by_id
    right = write_result(moving, instead_of=wrong, reason=reason.strip())
    hand_out_again(case.delivery, at=at)
    return moving.finish(
        ResultCorrected(
            subject=case.id,
            code=case.code or "",
            result=right.id,
            replaced=wrong.id,
            number=right.number_text,
            note=note,
        )
    )


def result_in_force(case: Case) -> Result:
    """The result that holds; NoResult."""
    result = case.results.select_for_update(of=("self",)).filter(state=ResultState.ISSUED).first()
    if result is None:
        raise NoResult
    return result


def hand_out_again(delivery: Delivery, *, at: datetime | None) -> None:
    """The delivery begins anew, ready since `at` (None: there is nothing to take yet); who took what before is kept."""
    if delivery.handed_out_at is not None:
        delivery.earlier = [*delivery.earlier, delivery.taken()]
    delivery.state = DeliveryState.READY if at else DeliveryState.WAITING
    delivery.ready_at, delivery.handed_out_at, delivery.handed_out_by = at, None, None
    delivery.receiver_name = delivery.receiver_number = delivery.receiver_relation = ""
    delivery.identity_paper = delivery.authorisation = ""
    delivery.save()


def _change(moving: Moving, answers: Mapping[str, Any]) -> None:
    case, form, on = moving.case, moving.definition.form, moving.at.astimezone(LOCAL).date()
    errors = check(form, answers, on=on, filed=case.filed_on, places=RegisteredPlaces(on))
    if errors:
        raise InvalidInput(errors)
    before = dues(case, moving.definition)
    case.answers = prune(form, dict(answers), on=case.filed_on)
    recount_fees(moving, before)
    find_by(case, moving.definition)
