"""What people may take away of their account: never a secret, a digest or a public key."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.access.identities import OutsideIdentity
from camaug.access.models import Account, AccountDecision, ApiToken, OpenSession, ReviewLine
from camaug.access.queries import factors_of
from camaug.access.queries.sessions import device_in
from camaug.kernel.actors import Actor
from camaug.kernel.copying import Line, Section, joined, owner
from camaug.people.queries.own_entry import own_absences, own_entry, own_posts


def _signing_in(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in Account.objects.filter(pk=owner(actor)):
        told = {
            "kind": row.kind,
            "email": row.email,
            "phone": row.phone,
            "language": row.language,
            "linkage": row.linkage,
            "password_at": row.password_at,
        }
        yield Line(row.created_at, joined(row.email, row.phone), told)


def _sessions(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in OpenSession.objects.filter(account_id=owner(actor)).select_related("outside").order_by("opened_at"):
        outside = getattr(row, "outside", None)
        told = {
            "address": row.origin,
            "device": device_in(row.agent),
            "browser": row.agent,
            "seen_at": row.seen_at,
            "issuer": outside.issuer if outside else "",
        }
        yield Line(row.opened_at, joined(device_in(row.agent), row.origin), told)


def _factors(actor: Actor, _at: datetime) -> Iterator[Line]:
    found = factors_of(owner(actor))
    for one in found.all:
        yield Line(one.created_at, joined(one.name), {"kind": one.kind, "name": one.name, "used_at": one.used_at})
    if found.all:
        words = str(_("Recovery codes that are left: {left}")).format(left=found.codes_left)
        yield Line(None, words, {"recovery_codes_left": found.codes_left})


def _tokens(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in ApiToken.objects.filter(account_id=owner(actor)).order_by("created_at", "id"):
        told = {
            "name": row.name,
            "prefix": row.prefix,
            "scopes": row.scopes,
            "expires_at": row.expires_at,
            "revoked_at": row.revoked_at,
            "last_used_at": row.last_used_at,
        }
        yield Line(row.created_at, joined(row.name, row.prefix), told)


def _identities(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in OutsideIdentity.objects.filter(account_id=owner(actor)).order_by("linked_at", "id"):
        yield Line(
            row.linked_at,
            joined(row.issuer, row.subject),
            {"issuer": row.issuer, "subject": row.subject, "used_at": row.used_at},
        )


def _decisions(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in AccountDecision.objects.filter(account_id=owner(actor)).order_by("decided_at", "id"):
        yield Line(row.decided_at, joined(row.reason), {"kind": row.kind, "reason": row.reason})


def _reviewed(officer_id: UUID) -> Iterator[Line]:
    rows = ReviewLine.objects.filter(officer_id=officer_id).select_related("review").order_by("review__opened_at", "id")
    for row in rows:
        told = {"title": row.title, "role": row.role, "decision": row.decision, "reason": row.reason}
        yield Line(row.review.opened_at, joined(row.title, row.role, row.reason), told)


def _in_office(lines: Callable[[UUID], Iterable[Line]]) -> Callable[[Actor, datetime], Iterator[Line]]:
    """Of the officer whose account it is; of nobody else there is any."""

    def found(actor: Actor, _at: datetime) -> Iterator[Line]:
        for row in Account.objects.filter(pk=owner(actor), officer__isnull=False):
            if row.officer_id:
                yield from lines(row.officer_id)

    return found


COPIES = {
    "entry": Section(_("What the register of staff says of you"), ("people.Officer",), _in_office(own_entry)),
    "posts": Section(_("Your posts and roles"), ("people.RoleTerm",), _in_office(own_posts)),
    "absences": Section(_("When you were away"), ("people.Absence",), _in_office(own_absences)),
    "signing_in": Section(_("Your account"), ("access.Account",), _signing_in),
    "sessions": Section(_("Where you are signed in"), ("access.OpenSession", "access.OutsideSession"), _sessions),
    "factors": Section(_("Second factors"), ("access.Factor",), _factors),
    "tokens": Section(_("Tokens of programs"), ("access.ApiToken",), _tokens),
    "identities": Section(_("Identities from outside"), ("access.OutsideIdentity",), _identities),
    "decisions": Section(_("What was decided about your account"), ("access.AccountDecision",), _decisions),
    "reviews": Section(_("Reviews of your roles"), ("access.ReviewLine",), _in_office(_reviewed)),
}
