"""Who may move a case. The words are those shown where a button is missing."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.lifecycle import TAKEN_BACK
from camaug.cases.models import Case, Consultation, Why
from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.permissions import Permission

CLERK = "ONE_STOP_CLERK"
HEADS = ("UNIT_HEAD", "ONE_STOP_HEAD", "LEADER")
MODERATORS = ("ONE_STOP_HEAD", "LEADER")
NEARNESS = (Why.TURN, Why.COUNTER, Why.HEAD, Why.PART, Why.BESIDE)
"""Reasons to look at a case, the nearest first."""
OVERSEERS = {("ONE_STOP_HEAD", "ONE_STOP_CENTRE"): "PEOPLES_COMMITTEE"}
"""Role and kind of agency, and the kind of body above it, over whose whole work it keeps watch (NĐ 118/2025 Đ8)."""


def turn_post(actor: Actor, case: Case) -> Post | None:
    """The actor's post whose turn the case is: in the holding unit, with the role, and not assigned to another post."""
    for post in actor.posts:
        held = post.unit_id == case.holder_unit_id and case.holder_role in post.roles
        if held and case.assignee_id in (None, post.id):
            return post
    return None


def clerk_post(actor: Actor, case: Case) -> Post | None:
    """The actor's post at the one-stop unit that received the case."""
    return actor.post_with(CLERK, unit_id=case.receiving_agency_id) if case.receiving_agency_id else None


def head_post(actor: Actor, case: Case) -> Post | None:
    """The actor's post as a head of the unit that holds the case, or as the leader of the agency that it belongs to."""
    if case.holder_unit_id is None:
        return None
    posts = (actor.post_with(role, unit_id=case.holder_unit_id) for role in HEADS)
    above = (post for post in actor.posts if case.holder_unit_id in post.leads)
    return next((post for post in posts if post), None) or next(above, None)


def own_post(actor: Actor, post: Post) -> Post | None:
    """The own post in which the actor stands in for that one: in the same unit, else the first."""
    own = [one for one in actor.posts if not one.instead_of]
    return next((one for one in own if one.unit_id == post.unit_id), own[0] if own else None)


def deciding_post(actor: Actor, case: Case) -> Post | None:
    """The actor's post as a head in the unit that decided the case."""
    unit = case.decided_unit_id
    posts = (actor.post_with(role, unit_id=unit) for role in HEADS) if unit else ()
    return next((post for post in posts if post), None)


def consulted_post(actor: Actor, asked: Consultation) -> Post | None:
    """The actor's post that may answer: in the agency that was asked, with the role that the process names, if any."""
    there = (post for post in actor.posts if post.unit_id == asked.agency_id)
    return next((post for post in there if not asked.role or asked.role in post.roles), None)


def acting_post(actor: Actor, case: Case) -> Post | None:
    """In which post the actor moves the case: the one whose turn it is before the clerk's, the head's, and any other
    post in an agency that takes part.
    """
    turn = turn_post(actor, case) or clerk_post(actor, case) or head_post(actor, case)
    return turn or next((post for post in actor.posts if post.unit_id in case.participants), None)


def reason_to_look(actor: Actor, case: Case) -> tuple[Why, Post]:
    """For what an officer who sees the case looks at it, and in which post: the nearest reason that the work gives."""
    ways = [(_reason_in(post, case), post) for post in actor.posts]
    return min(ways, key=lambda way: NEARNESS.index(way[0]))


def _reason_in(post: Post, case: Case) -> Why:
    if post.unit_id == case.holder_unit_id and case.holder_role in post.roles and case.assignee_id in (None, post.id):
        return Why.TURN
    if post.unit_id == case.receiving_agency_id and CLERK in post.roles:
        return Why.COUNTER
    concerned = {case.holder_unit_id, case.receiving_agency_id, case.competent_agency_id, case.decided_unit_id}
    if (post.unit_id in concerned and post.roles & set(HEADS)) or post.leads & concerned:
        return Why.HEAD
    return Why.PART if post.unit_id in case.participants else Why.BESIDE


def _own(actor: Actor, case: Case) -> bool:
    mine = actor.person_id is not None and case.applicant_id == actor.person_id
    return actor.kind == ActorKind.PUBLIC and (case.belongs_to(actor.account_id) or mine)


def _may_decide(actor: Actor, case: Case) -> bool:
    return turn_post(actor, case) is not None and (case.proposed_by is None or case.proposed_by != actor.account_id)


def _holds(actor: Actor, case: Case) -> bool:
    return turn_post(actor, case) is not None


def _clerk(actor: Actor, case: Case) -> bool:
    return clerk_post(actor, case) is not None


def _own_or_clerk(actor: Actor, case: Case) -> bool:
    return _own(actor, case) or _clerk(actor, case)


def _head_or_holds(actor: Actor, case: Case) -> bool:
    return head_post(actor, case) is not None or _holds(actor, case)


def _took_it(actor: Actor, case: Case) -> bool:
    made = case.moved_by is not None and case.moved_by == actor.account_id
    return actor.kind == ActorKind.STAFF and made and case.last_move in TAKEN_BACK


def _is_staff(actor: Actor, case: Case) -> bool:
    return actor.kind == ActorKind.STAFF and not actor.unit_ids.isdisjoint(case.participants)


def _clerk_or_holds(actor: Actor, case: Case) -> bool:
    return _clerk(actor, case) or _holds(actor, case)


def _may_stop(actor: Actor, case: Case) -> bool:
    return _by_itself(actor, case) or _clerk_or_holds(actor, case) or head_post(actor, case) is not None


def _heads(actor: Actor, *units: UUID | None) -> bool:
    return any(actor.has_role(role, unit_id=unit) for unit in units if unit for role in HEADS)


def _may_apologise(actor: Actor, case: Case) -> bool:
    return _heads(actor, case.competent_agency_id, case.holder_unit_id, case.receiving_agency_id)


def _may_mend_result(actor: Actor, case: Case) -> bool:
    return deciding_post(actor, case) is not None


def _supervises(actor: Actor, case: Case) -> bool:
    return _heads(actor, case.receiving_agency_id, case.competent_agency_id, case.decided_unit_id)


def _may_moderate(actor: Actor, case: Case) -> bool:
    units = [unit for unit in (case.receiving_agency_id, case.competent_agency_id) if unit]
    return any(actor.has_role(role, unit_id=unit) for unit in units for role in MODERATORS)


def _by_itself(actor: Actor, _case: Case) -> bool:
    return actor.kind == ActorKind.SYSTEM


def _holds_or_by_itself(actor: Actor, case: Case) -> bool:
    return _by_itself(actor, case) or _holds(actor, case)


_ALL = (
    Permission("cases.submit", _("Only the applicant or a one-stop officer may send this application."), _own_or_clerk),
    Permission("cases.receive", _("Only the one-stop unit that the case was sent to may receive it."), _holds),
    Permission("cases.hold", _("It is another person's turn in this case."), _holds),
    Permission("cases.hand_out", _("It is another person's turn in this case."), _holds_or_by_itself),
    Permission(
        "cases.decide",
        _("Only the competent person may decide, and nobody decides what they proposed."),
        _may_decide,
    ),
    Permission(
        "cases.assign",
        _("Only the head of the unit or the one whose turn it is may assign the case."),
        _head_or_holds,
    ),
    Permission(
        "cases.supplement",
        _("Only the applicant, or the one-stop unit for them, may supplement the case."),
        _own_or_clerk,
    ),
    Permission("cases.rate", _("Only the applicant says how satisfied they are with the service."), _own),
    Permission(
        "cases.moderate_rating",
        _("Only the agency's leader or the head of its one-stop unit may hide what an applicant wrote."),
        _may_moderate,
    ),
    Permission(
        "cases.take_back",
        _("Only the one who passed the case on may take it back, and only before anybody else has moved it."),
        _took_it,
    ),
    Permission("cases.answer", _("Only the agency that was asked may answer."), _is_staff),
    Permission("cases.apologise", _("Only a head signs the apology and sets the new date."), _may_apologise),
    Permission("cases.withdraw", _("Only the applicant, or the one-stop unit for them, may withdraw."), _own_or_clerk),
    Permission(
        "cases.stop",
        _("Only the one-stop unit, the head, or the one whose turn it is may stop the case."),
        _may_stop,
    ),
    Permission(
        "cases.amend",
        _("Only the one-stop unit or the one whose turn it is may correct the details."),
        _clerk_or_holds,
    ),
    Permission(
        "cases.mend_result",
        _("Only a head of the agency that decided may correct or revoke the result."),
        _may_mend_result,
    ),
    Permission(
        "cases.complete",
        _("An application is complete by itself when all its parts are."),
        _by_itself,
    ),
    Permission("cases.reopen", _("Only a head may reopen a case that has ended."), _supervises),
    Permission("cases.take_money", _("Money is taken by the one-stop unit that received the case."), _clerk),
)
CONSULTED: Permission[Consultation] = Permission(
    "cases.answer_consultation",
    _("Only the agency that was asked may answer."),
    lambda actor, asked: consulted_post(actor, asked) is not None,
)
PERMISSIONS: dict[str, Permission[Case]] = {permission.code: permission for permission in _ALL}
