"""Who may confirm for a person who stands before him, and end what a person wants ended."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission

__all__ = ["WITNESS"]


def _at_a_counter(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.STAFF and actor.may("behalf.witness")


WITNESS = Permission[None](
    "behalf.witness",
    _("Only an officer of a one-stop unit who has this task may confirm who acts for whom."),
    _at_a_counter,
    _("Confirm at the counter who acts for whom"),
    (Reach.AGENCY,),
)
