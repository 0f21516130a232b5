"""Who may have a message sent once more, and who words the texts."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted


def _in_office(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or (actor.kind == ActorKind.STAFF and bool(actor.posts))


SEND_AGAIN = Permission[None](
    "notify.send_again", _("Only officers have messages sent again."), _in_office, _("Have a message sent again")
)
WORD_TEXTS = Permission[None](
    "notify.word_texts",
    _("Only an administrator may change the texts of messages."),
    granted("notify.word_texts"),
    _("Change the texts of messages"),
    (Reach.PROVINCE,),
)
