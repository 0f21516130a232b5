"""Who may have a message sent once more, and who words the texts."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission


def _in_office(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or (actor.kind == ActorKind.STAFF and bool(actor.posts))


SEND_AGAIN = Permission[None]("notify.send_again", _("Only officers have messages sent again."), _in_office)


def _administrator(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role("ADMINISTRATOR")


WORD_TEXTS = Permission[None](
    "notify.word_texts", _("Only an administrator may change the texts of messages."), _administrator
)
