from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.approve import settle_outcome
from camaug.cases.actions.hand_out import Receiver, give
from camaug.cases.actions.publish_result import make_public
from camaug.cases.actions.receive import take_in
from camaug.cases.actions.register import admit
from camaug.cases.events import CaseGranted
from camaug.cases.intake import Intake
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import Moving
from camaug.cases.policy import is_own
from camaug.cases.routing import enter, unit_of
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.rows import OneByOne
from camaug.people.queries import PositionView, attended, holders, own_of, positions_of


class NotImmediate(DomainError):
    """Only procedures that the law lets be done on the spot are."""

    sentence = _("This procedure is not done on the spot; take the case in instead.")


class SignerMissing(DomainError):
    """The paper is signed by somebody who may."""

    sentence = _("Choose who signed the paper.")


class SignersOwnCase(DomainError):
    """Nobody signs what they applied for."""

    sentence = _("This is {name}'s own case. Somebody else has to sign it.")


class SignerUnrecognised(DomainError):
    """Nobody knows whether the case is his own."""

    sentence = _(
        "The personal number of {name} is not known yet, so nobody can tell whether this case is theirs. "
        "They enter it under Account security, or an administrator does."
    )


def serve(intake: Intake, *, signed_by: UUID, by: Actor, at: datetime) -> Case:
    """Do the whole of a simple case on the spot, in one transaction: take in, decide, number the result, hand it out.

    `signed_by` is a position of the role that approves. The same `request_key` does nothing twice.
    """
    with transaction.atomic():
        admitted = admit(intake, OneByOne(), by=by, at=at)
        if isinstance(admitted, Case):
            return admitted
        moving = admitted.moving
        if not moving.definition.process.immediate:
            raise NotImmediate
        take_in(moving, admitted.contents, forward=False)
        _approve(moving, signed_by)
        moving.name = "publish_result"
        make_public(moving)
        moving.name = "hand_out"
        receiver = Receiver(intake.authorised_name or intake.name, intake.authorised_number or intake.number)
        return give(moving, receiver)


def _approve(moving: Moving, signed_by: UUID) -> None:
    case, process = moving.case, moving.definition.process
    step = next(s for s in process.path() if s.kind == StepKind.APPROVE)
    signers = {one.id: one for one in attended(holders(step.role, unit_of(case, step, at=moving.at), moving.at))}
    if signed_by not in signers:
        raise SignerMissing
    signer = signers[signed_by]
    own = own_of([signer.officer_id]).get(signer.officer_id)
    if not own:
        raise SignerUnrecognised(name=signer.officer_name)
    if is_own(own, case):
        raise SignersOwnCase(name=signer.officer_name)
    enter(case, step, at=moving.at)
    moving.name = "approve"
    settle_outcome(moving, Outcome.GRANTED, signed_by=signed_by, signed_as=_own(signers[signed_by], moving.at))
    moving.finish(CaseGranted(subject=case.id, code=case.code or "", signed_by=signed_by), state=State.GRANTED)


def _own(signer: PositionView, at: datetime) -> UUID | None:
    """The own position of one who stands in; None of a holder."""
    if not signer.instead_of:
        return None
    return next((one.id for one in positions_of(signer.officer_id, at) if not one.instead_of), None)
