"""Who may open accounts for others and activate them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import ADMINISTRATOR, Reach
from camaug.kernel.permissions import Permission, granted

__all__ = ["ADMINISTER", "ADMINISTRATOR", "HELP_AT_COUNTER", "REVIEW"]

HELP_AT_COUNTER = Permission[None](
    "access.help_at_counter",
    _("Only the one-stop unit resets the second factors of a citizen who stands at its counter."),
    granted("access.help_at_counter"),
    _("Reset the second factors of a citizen at the counter"),
    (Reach.AGENCY,),
)


def _reviews(actor: Actor, agency_id: UUID) -> bool:
    administers = actor.kind == ActorKind.SYSTEM or actor.may("access.administer")
    return administers or actor.post_granted("access.review", agency_id) is not None


REVIEW = Permission[UUID](
    "access.review",
    _("Only the head of the agency, or an administrator, reviews by what people and programs get in there."),
    _reviews,
    _("Review by what people and programs of the agency get in"),
    (Reach.AGENCY, Reach.LED),
)
ADMINISTER = Permission[None](
    "access.administer",
    _("Only an administrator may open and activate accounts."),
    granted("access.administer"),
    _("Open, activate and close accounts"),
    (Reach.PROVINCE,),
)
