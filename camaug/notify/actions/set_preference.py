from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.notify.events import PreferenceSet
from camaug.notify.models import Channel, Preference


class AlwaysInApp(DomainError):
    """What the province told somebody can always be read on his own page."""

    sentence = _("Messages always stand on your own page; only e-mail and SMS can be switched off.")


def set_preference(channel: Channel, *, wanted: bool, by: Actor, at: datetime) -> None:
    """Say whether the actor wants messages by this channel, from now on. AlwaysInApp for the page itself."""
    if channel == Channel.IN_APP:
        raise AlwaysInApp
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        wish, new = Preference.objects.select_for_update().get_or_create(
            account_id=by.account_id, channel=channel, defaults={"wanted": wanted}
        )
        before = True if new else wish.wanted
        if before == wanted:
            return
        Preference.objects.filter(pk=wish.pk).update(wanted=wanted)
        record(PreferenceSet(subject=by.account_id, channel=channel, wanted=wanted), by=by, at=at)
