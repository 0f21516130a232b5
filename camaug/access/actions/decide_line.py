from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access import reviewing
from camaug.access.actions.reopen_account import LONGEST_REASON, WhyMissing
from camaug.access.events import AccessReviewed, AccessReviewFinished, RoleReviewed
from camaug.access.models import AccessReview, Account, LineKind, ReviewDecision, ReviewLine
from camaug.access.policy import REVIEW
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import Event, record
from camaug.people.actions.change_roles import let_carry
from camaug.people.queries import positions_of


class OwnLine(DomainError):
    """Nobody confirms his own rights."""

    sentence = _("Nobody reviews what is his own. An administrator decides these lines.")


class DecidedBefore(DomainError):
    """It stays as it was decided; what was ended is given anew where such things are given."""

    sentence = _("This line has been decided already.")


def decide_line(line_id: UUID, *, keep: bool, reason: str, by: Actor, at: datetime) -> ReviewDecision:
    """Confirm a line of a review or, for a reason, end at once what it is about. What has ended meanwhile has lapsed.

    The head decides, and the action of the part that keeps it carries it out, so that the last administrator stays.
    Raises NotFound, NotAllowed, OwnLine, DecidedBefore, WhyMissing, LastAdministrator.
    """
    with transaction.atomic():
        # The review too: of two who decide the last two lines at once, the later one sees that none waits any more.
        lines = ReviewLine.objects.select_for_update(of=("self", "review")).select_related("review")
        line = lines.filter(pk=line_id).first()
        if line is None:
            raise NotFound
        REVIEW.check(by, line.review.agency_id)
        _check(line, keep=keep, reason=reason.strip(), by=by)
        line.decision, line.reason = _done(line, keep=keep, by=by, at=at), reason.strip()
        line.by_name, line.decided_at = by.name, at
        line.save()
        record(_told(line), by=by, at=at)
        _finish(line.review, by, at)
    return ReviewDecision(line.decision)


def _check(line: ReviewLine, *, keep: bool, reason: str, by: Actor) -> None:
    if line.decision:
        raise DecidedBefore
    if (
        by.account_id
        and line.officer_id
        and Account.objects.filter(pk=by.account_id, officer_id=line.officer_id).exists()
    ):
        raise OwnLine
    if (not keep and not reason) or len(reason) > LONGEST_REASON:
        raise WhyMissing(most=LONGEST_REASON)


def _told(line: ReviewLine) -> Event:
    if line.position_id and line.officer_id:
        return RoleReviewed(
            subject=line.officer_id,
            review_id=line.review_id,
            position=line.position_id,
            role=line.role,
            decision=line.decision,
        )
    held = line.held_id or line.id
    of_officer = line.kind in (LineKind.ENTRUSTED, LineKind.STAND_IN) and line.officer_id
    return AccessReviewed(
        subject=of_officer or held,
        review_id=line.review_id,
        kind=line.kind,
        held=held,
        decision=line.decision,
    )


def _done(line: ReviewLine, *, keep: bool, by: Actor, at: datetime) -> ReviewDecision:
    if line.position_id and line.officer_id:
        return _done_to_role(line, line.position_id, line.officer_id, keep=keep, by=by, at=at)
    if line.held_id is None or reviewing.has_ended(line.kind, line.held_id, at=at):
        return ReviewDecision.LAPSED
    if keep:
        return ReviewDecision.CONFIRMED
    reviewing.end(line.kind, line.held_id, by=by, at=at)
    return ReviewDecision.ENDED


def _done_to_role(
    line: ReviewLine, position_id: UUID, officer_id: UUID, *, keep: bool, by: Actor, at: datetime
) -> ReviewDecision:
    own = (one for one in positions_of(officer_id, at) if not one.instead_of)
    held = next((one for one in own if one.id == position_id), None)
    if held is None or line.role not in held.roles:
        return ReviewDecision.LAPSED
    if keep:
        return ReviewDecision.CONFIRMED
    let_carry(position_id, roles=held.roles - {line.role}, main=held.main, by=by, at=at)
    return ReviewDecision.ENDED


def _finish(review: AccessReview, by: Actor, at: datetime) -> None:
    if not review.lines.filter(decision="").exists():
        AccessReview.objects.filter(pk=review.pk).update(finished_at=at)
        record(AccessReviewFinished(subject=review.pk, agency_id=review.agency_id), by=by, at=at)
