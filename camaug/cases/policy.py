"""Who may move a case: what law and state demand stands here, which roles may in the role book.

The sentences are those shown where a button is missing, the words those of the book.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import Act
from camaug.cases.lifecycle import TAKEN_BACK
from camaug.cases.models import Case, Consultation, Why
from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Bar, Permission, granted

type Rule = Callable[[Actor, Case], bool]
type Words = str | Promise

CLERK = "ONE_STOP_CLERK"
HEADS = ("UNIT_HEAD", "ONE_STOP_HEAD", "LEADER")
"""Roles that say for what one looks at a case; what they may do says the role book."""
NEARNESS = (Why.TURN, Why.COUNTER, Why.HEAD, Why.PART, Why.BESIDE)
"""Reasons to look at a case, the nearest first."""
OVERSEERS = {("ONE_STOP_HEAD", "ONE_STOP_CENTRE"): "PEOPLES_COMMITTEE"}
"""Role and kind of agency, and the kind of body above it, over whose whole work it keeps watch (NĐ 118/2025 Đ8)."""
AT_COUNTER, AS_HEAD = "cases.submit", "cases.assign"
"""Who is granted the first is the counter of the receiving agency, who the second a head of the unit that holds it."""


def is_own(own: frozenset[str], case: Case) -> bool:
    """Whether the case is that officer's own: he applies, is whom the applicant sends, or acts for the applicant."""
    numbers = {case.applicant_number, case.authorised_number, case.helper_number}
    named = numbers | {str(case.applicant_id), str(case.business_id)}
    return not own.isdisjoint(named)


def _own_of_officer(actor: Actor, case: Case) -> bool:
    return actor.kind == ActorKind.STAFF and is_own(actor.own, case)


def is_unrecognised(actor: Actor, _case: Case | None = None) -> bool:
    """Whether nobody knows who the officer is as a citizen, so that his own case would not be known as his."""
    return actor.kind == ActorKind.STAFF and not actor.own


def turn_post(actor: Actor, case: Case, *, may: str = "cases.hold") -> Post | None:
    """The actor's post whose turn the case is: in the holding unit, with the role, and not assigned to another post.

    `may`: what its roles must grant, be it for the post's own turns alone.
    """
    for post in actor.posts:
        held = post.unit_id == case.holder_unit_id and case.holder_role in post.roles
        if held and case.assignee_id in (None, post.id) and post.reach_of(may):
            return post
    return None


def clerk_post(actor: Actor, case: Case, *, may: str = AT_COUNTER) -> Post | None:
    """The actor's post at the one-stop unit that received the case."""
    return actor.post_granted(may, case.receiving_agency_id)


def head_post(actor: Actor, case: Case, *, may: str = AS_HEAD) -> Post | None:
    """The actor's post as a head of the unit that holds the case, or as the leader of the agency that it belongs to."""
    return actor.post_granted(may, case.holder_unit_id)


def own_post(actor: Actor, post: Post) -> Post | None:
    """The own post in which the actor stands in for that one: in the same unit, else the first."""
    own = [one for one in actor.posts if not one.instead_of]
    return next((one for one in own if one.unit_id == post.unit_id), own[0] if own else None)


def deciding_post(actor: Actor, case: Case) -> Post | None:
    """The actor's post as a head in the unit that decided the case."""
    return actor.post_granted("cases.mend_result", case.decided_unit_id)


def consulted_post(actor: Actor, asked: Consultation) -> Post | None:
    """The actor's post that may answer: in the agency that was asked, with the role that the process names, if any."""
    there = (post for post in actor.posts if post.unit_id == asked.agency_id and post.reach_of(CONSULTED.code))
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
    mine = actor.proven_id is not None and case.applicant_id == actor.proven_id and case.business_id is None
    return actor.kind == ActorKind.PUBLIC and (case.belongs_to(actor) or mine)


def _helps(act: Act) -> Rule:
    return lambda actor, case: case.is_helped_by(actor, act)


def _by_itself(actor: Actor, _case: Case) -> bool:
    return actor.kind == ActorKind.SYSTEM


def _own_turn(code: str) -> Rule:
    return lambda actor, case: turn_post(actor, case, may=code) is not None


def _clerk(code: str) -> Rule:
    return lambda actor, case: clerk_post(actor, case, may=code) is not None


def _head(code: str) -> Rule:
    return lambda actor, case: head_post(actor, case, may=code) is not None


def _any(*rules: Rule) -> Rule:
    return lambda actor, case: any(rule(actor, case) for rule in rules)


def _may_decide(actor: Actor, case: Case) -> bool:
    """What no book can grant: deciding what one proposed."""
    proposed = case.proposed_by is not None and case.proposed_by == actor.account_id
    return not proposed and turn_post(actor, case, may="cases.decide") is not None


def _took_it(actor: Actor, case: Case) -> bool:
    made = case.moved_by is not None and case.moved_by == actor.account_id
    return actor.kind == ActorKind.STAFF and made and case.last_move in TAKEN_BACK


def _takes_part(actor: Actor, case: Case) -> bool:
    return actor.kind == ActorKind.STAFF and not actor.units_of("cases.answer").isdisjoint(case.participants)


def _may_apologise(actor: Actor, case: Case) -> bool:
    units = case.competent_agency_id, case.holder_unit_id, case.receiving_agency_id
    return actor.post_granted("cases.apologise", *units) is not None


def _may_mend_result(actor: Actor, case: Case) -> bool:
    return deciding_post(actor, case) is not None


def _supervises(actor: Actor, case: Case) -> bool:
    units = case.receiving_agency_id, case.competent_agency_id, case.decided_unit_id
    return actor.post_granted("cases.reopen", *units) is not None


def _may_moderate(actor: Actor, case: Case) -> bool:
    units = case.receiving_agency_id, case.competent_agency_id
    return actor.post_granted("cases.moderate_rating", *units) is not None


OWN_CASE = _("This is your own case: you apply, or you act for who applies. A colleague has to process it.")
"""Law on cadres and civil servants; TCVN 14423:2026: nobody approves their own case."""
UNRECOGNISED = _(
    "Your personal number is not known yet, so nobody can tell whether this case is your own: "
    "enter it under Account security, or ask your agency's administrator to."
)


def _case(
    code: str, sentence: Words, rule: Rule, words: Words, *reaches: Reach, decides: bool = False
) -> Permission[Case]:
    """`decides`: it ends the case by a decision, or changes one that was made."""
    bar, owed = Bar(OWN_CASE, _own_of_officer), Bar(UNRECOGNISED, is_unrecognised) if decides else None
    return Permission(code, sentence, rule, words, reaches, casework=True, bar=bar, owed=owed)


_TURN = _("It is another person's turn in this case.")
_ALL = (
    _case(
        "cases.submit",
        _("Only the applicant or a one-stop officer may send this application."),
        _any(_own, _helps(Act.SUBMIT), _clerk("cases.submit")),
        _("Take applications in at the counter"),
        Reach.AGENCY,
    ),
    _case(
        "cases.receive",
        _("Only the one-stop unit that the case was sent to may receive it."),
        _own_turn("cases.receive"),
        _("Receive or refuse what was sent"),
        Reach.OWN,
    ),
    _case("cases.hold", _TURN, _own_turn("cases.hold"), _("Process cases: propose, pass on, ask, suspend"), Reach.OWN),
    _case(
        "cases.hand_out",
        _TURN,
        _any(_by_itself, _own_turn("cases.hand_out")),
        _("Hand results out"),
        Reach.OWN,
    ),
    _case(
        "cases.decide",
        _("Only the competent person may decide, and nobody decides what they proposed."),
        _may_decide,
        _("Approve or deny what was proposed"),
        Reach.OWN,
        decides=True,
    ),
    _case(
        "cases.assign",
        _("Only the head of the unit or the one whose turn it is may assign the case."),
        _any(_head("cases.assign"), _own_turn("cases.assign")),
        _("Say who processes a case"),
        Reach.OWN,
        Reach.AGENCY,
        Reach.LED,
    ),
    _case(
        "cases.supplement",
        _("Only the applicant, or the one-stop unit for them, may supplement the case."),
        _any(_own, _helps(Act.SUPPLEMENT), _clerk("cases.supplement")),
        _("Take supplements in for the applicant"),
        Reach.AGENCY,
    ),
    _case(
        "cases.answer_draft",
        _("Only the applicant, or the one-stop unit for them, may agree to the draft."),
        _any(_own, _helps(Act.SUPPLEMENT), _clerk("cases.answer_draft")),
        _("Take an applicant's word on a draft in"),
        Reach.AGENCY,
    ),
    _case(
        "cases.rate",
        _("Only the applicant says how satisfied they are with the service."),
        _own,
        _("Say how satisfied one is with the service"),
    ),
    _case(
        "cases.moderate_rating",
        _("Only the agency's leader or the head of its one-stop unit may hide what an applicant wrote."),
        _may_moderate,
        _("Hide what applicants wrote with a rating"),
        Reach.AGENCY,
    ),
    _case(
        "cases.take_back",
        _("Only the one who passed the case on may take it back, and only before anybody else has moved it."),
        _took_it,
        _("Take back what one passed on"),
    ),
    _case(
        "cases.answer",
        _("Only the agency that was asked may answer."),
        _takes_part,
        _("Answer in cases in which the agency takes part"),
        Reach.AGENCY,
    ),
    _case(
        "cases.apologise",
        _("Only a head signs the apology and sets the new date."),
        _may_apologise,
        _("Sign an apology and set the new date"),
        Reach.AGENCY,
    ),
    _case(
        "cases.withdraw",
        _("Only the applicant, or the one-stop unit for them, may withdraw."),
        _any(_own, _clerk("cases.withdraw")),
        _("Take an applicant's withdrawal in"),
        Reach.AGENCY,
    ),
    _case(
        "cases.stop",
        _("Only the one-stop unit, the head, or the one whose turn it is may stop the case."),
        _any(_by_itself, _clerk("cases.stop"), _own_turn("cases.stop"), _head("cases.stop_in_unit")),
        _("Stop cases that the agency received, or whose turn is one's own"),
        Reach.OWN,
        Reach.AGENCY,
    ),
    _case(
        "cases.stop_in_unit",
        _("Only the one-stop unit, the head, or the one whose turn it is may stop the case."),
        _head("cases.stop_in_unit"),
        _("Stop cases that the unit processes"),
        Reach.AGENCY,
        Reach.LED,
    ),
    _case(
        "cases.amend",
        _("Only the one-stop unit or the one whose turn it is may correct the details."),
        _any(_clerk("cases.amend"), _own_turn("cases.amend")),
        _("Correct what an application says"),
        Reach.OWN,
        Reach.AGENCY,
    ),
    _case(
        "cases.mend_result",
        _("Only a head of the agency that decided may correct or revoke the result."),
        _may_mend_result,
        _("Correct or revoke a result"),
        Reach.AGENCY,
        decides=True,
    ),
    _case(
        "cases.complete",
        _("An application is complete by itself when all its parts are."),
        _by_itself,
        _("Complete an application of several parts"),
    ),
    _case(
        "cases.reopen",
        _("Only a head may reopen a case that has ended."),
        _supervises,
        _("Reopen a case that has ended"),
        Reach.AGENCY,
        decides=True,
    ),
    _case(
        "cases.take_money",
        _("Money is taken by the one-stop unit that received the case."),
        _clerk("cases.take_money"),
        _("Confirm that money was paid"),
        Reach.AGENCY,
    ),
    _case(
        "cases.pay_back",
        _("Money is paid back by the one-stop unit that received the case."),
        _clerk("cases.pay_back"),
        _("Pay back what applicants paid too much"),
        Reach.AGENCY,
    ),
)
CONSULTED: Permission[Consultation] = Permission(
    "cases.answer_consultation",
    _("Only the agency that was asked may answer."),
    lambda actor, asked: consulted_post(actor, asked) is not None,
    _("Answer what another agency asked"),
    (Reach.AGENCY,),
    casework=True,
    bar=Bar(OWN_CASE, lambda actor, asked: bool(actor.own) and is_own(actor.own, asked.case)),
)
PERMISSIONS: dict[str, Permission[Case]] = {permission.code: permission for permission in _ALL}


def _reading(code: str, words: Words, *reaches: Reach) -> Permission[object]:
    return Permission(code, _("This is not part of your work."), granted(code), words, reaches, casework=True)


READ = _reading("cases.read", _("Read cases in which the agency takes part"), Reach.AGENCY, Reach.LED)
READ_REGISTER = _reading("cases.read_register", _("Read and download the register of cases"), Reach.AGENCY)
READ_RATINGS = _reading("cases.read_ratings", _("Read what applicants said of the service"), Reach.AGENCY)
READ_REPORTS = _reading("cases.read_reports", _("Read the reports on cases"), Reach.BELOW)
WATCH_LOAD = _reading("cases.watch_load", _("Watch load and lateness of the officers"), Reach.AGENCY, Reach.LED)
