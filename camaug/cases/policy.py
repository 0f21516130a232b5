"""Who may move a case. The words are those shown where a button is missing."""

from django.utils.translation import gettext_lazy as _

from camaug.cases.models import Case
from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.permissions import Permission

CLERK = "ONE_STOP_CLERK"
HEADS = ("UNIT_HEAD", "ONE_STOP_HEAD", "LEADER")


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
    """The actor's post as a head in the unit that holds the case."""
    if case.holder_unit_id is None:
        return None
    posts = (actor.post_with(role, unit_id=case.holder_unit_id) for role in HEADS)
    return next((post for post in posts if post), None)


def acting_post(actor: Actor, case: Case) -> Post | None:
    """In which post the actor moves the case: the one whose turn it is before the clerk's and the head's."""
    return turn_post(actor, case) or clerk_post(actor, case) or head_post(actor, case)


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


_ALL = (
    Permission("cases.submit", _("Only the applicant or a one-stop officer may send this application."), _own_or_clerk),
    Permission("cases.receive", _("Only the one-stop unit that the case was sent to may receive it."), _holds),
    Permission("cases.hold", _("It is another person's turn in this case."), _holds),
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
    Permission("cases.take_money", _("Money is taken by the one-stop unit that received the case."), _clerk),
)
PERMISSIONS: dict[str, Permission[Case]] = {permission.code: permission for permission in _ALL}
