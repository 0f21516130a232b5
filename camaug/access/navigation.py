from django.utils.translation import gettext_lazy as _

from camaug.access.policy import HELP_AT_COUNTER, REVIEW
from camaug.access.queries import account_facts
from camaug.kernel.actors import Actor, ActorKind
from camaug.ui import administration, asides
from camaug.ui.navigation import register


def _stranger(actor: Actor) -> bool:
    return actor.kind == ActorKind.ANONYMOUS


def _signed_in(actor: Actor) -> bool:
    return actor.kind in (ActorKind.PUBLIC, ActorKind.STAFF)


def _member(actor: Actor) -> bool:
    return actor.kind == ActorKind.PUBLIC and actor.person_id is not None


def _has_post(actor: Actor) -> bool:
    return actor.kind == ActorKind.STAFF and bool(actor.posts)


def _helps(actor: Actor) -> bool:
    return actor.may(HELP_AT_COUNTER.code)


def _reviews(actor: Actor) -> bool:
    return actor.may(REVIEW.code)


register("portal", label=_("Sign in"), url="access:sign_in", group="account", order=900, shown=_stranger)
register("portal", label=_("Sign out"), url="access:sign_out", group="account", order=910, shown=_signed_in)
register(
    "portal", label=_("Officers' sign-in"), url="access:officer_sign_in", group="footer", order=900, shown=_stranger
)
register("desk", label=_("Sign out"), url="access:sign_out", group=_("Account"), order=910, shown=_signed_in)
register("portal", label=_("Account security"), url="access:security", group="footer", order=790, shown=_signed_in)
register("desk", label=_("Account security"), url="access:security", group=_("Account"), order=890, shown=_has_post)
register("portal", label=_("Access tokens"), url="access:tokens", group="footer", order=800, shown=_member)
register("desk", label=_("Access tokens"), url="access:officer_tokens", group=_("Account"), order=900, shown=_has_post)
register(
    "desk", label=_("Lost second factors"), url="access:counter_factors", group=_("One-stop"), order=63, shown=_helps
)
register("desk", label=_("Reviews of access"), url="access:own_reviews", group=_("One-stop"), order=75, shown=_reviews)
administration.register(
    label=_("Reviews of access"),
    words=_("Which agencies have confirmed by what people and programs get in there, and which are late."),
    url="access:all_reviews",
    order=35,
)
administration.register(
    label=_("Activation of accounts"),
    words=_("Invitations by letter: who signs in already, who has not answered, whose letter did not arrive."),
    url="access:invitations",
    order=25,
)
administration.register(
    label=_("Other systems"),
    words=_("Tokens by which other authorities' systems read, and how often they may."),
    url="access:client_tokens",
    order=70,
)
administration.register(
    label=_("Accounts of programs"),
    words=_("Technical and service accounts: who answers for each, and until when."),
    url="access:machines",
    order=72,
)
administration.register(
    label=_("Sessions"),
    words=_("How many browsers are signed in; sign somebody out of all devices, or everybody."),
    url="access:sessions",
    order=27,
)
asides.register("officer", account_facts)
