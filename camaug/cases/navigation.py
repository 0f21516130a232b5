from django.utils.translation import gettext_lazy as _

from camaug.access import belongings
from camaug.cases.actions.change_owner import change_owner
from camaug.cases.policy import AT_COUNTER, READ_REGISTER
from camaug.cases.queries.load import leads
from camaug.kernel.actors import Actor, ActorKind
from camaug.ui.navigation import register


def _member(actor: Actor) -> bool:
    return actor.kind == ActorKind.PUBLIC and actor.person_id is not None


def _officer(actor: Actor) -> bool:
    return actor.kind == ActorKind.STAFF and actor.works_in_agencies


def _clerk(actor: Actor) -> bool:
    return actor.may(AT_COUNTER)


def _witness(actor: Actor) -> bool:
    return actor.may("behalf.witness")


def _proves(actor: Actor) -> bool:
    return actor.may("people.prove_representation")


def _pays_back(actor: Actor) -> bool:
    return actor.may("cases.pay_back")


def _keeps_a_book(actor: Actor) -> bool:
    return actor.may(READ_REGISTER.code)


register("portal", label=_("Follow an application"), url="citizen:follow", order=50)
register("portal", label=_("My applications"), url="citizen:my_cases", group="account", order=100, shown=_member)
register("portal", label=_("Check a paper"), url="citizen:paper_proofs", group="footer", order=705)
register(
    "portal", label=_("Helping and being helped"), url="citizen:mandates", group="footer", order=780, shown=_member
)
register(
    "portal",
    label=_("Organisations that I represent"),
    url="citizen:organisations",
    group="footer",
    order=785,
    shown=_member,
)
register("portal", label=_("Who looked at my case"), url="citizen:readers", group="footer", order=770, shown=_member)
register(
    "desk", label=_("Take a case in"), url="counter:intake", group=_("One-stop"), order=10, shortcut="c", shown=_clerk
)
register("desk", label=_("Citizens' mandates"), url="counter:mandates", group=_("One-stop"), order=61, shown=_witness)
register(
    "desk",
    label=_("Representatives of organisations"),
    url="counter:representatives",
    group=_("One-stop"),
    order=62,
    shown=_proves,
)
register("desk", label=_("Load and lateness"), url="cases:load", group=_("One-stop"), order=55, shown=leads)
register(
    "desk",
    label=_("Register of cases"),
    url="counter:register",
    group=_("One-stop"),
    order=50,
    shortcut="b",
    shown=_keeps_a_book,
)
register("desk", label=_("Refunds"), url="counter:refunds", group=_("One-stop"), order=52, shown=_pays_back)
register("desk", label=_("Ratings by applicants"), url="cases:ratings", group=_("One-stop"), order=59, shown=_officer)
belongings.register(change_owner)
