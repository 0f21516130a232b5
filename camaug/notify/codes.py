"""How one-time codes leave: by the channel of the contact, at once; named by the setting CODE_DELIVERY."""

from datetime import datetime

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from camaug.access.codes import ChannelClosed
from camaug.access.contacts import Channel as Way
from camaug.access.contacts import Contact
from camaug.kernel.errors import DomainError
from camaug.kernel.ids import uuid7
from camaug.notify.channels.choice import carrier
from camaug.notify.channels.contract import Parcel, Undelivered
from camaug.notify.models import Channel
from camaug.notify.wording import plain_letters

_CHANNELS = {Way.PHONE: Channel.SMS, Way.EMAIL: Channel.EMAIL}


class CodeNotSent(DomainError):
    """The mail server or the SMS gateway did not take the code."""

    sentence = _("The code could not be sent just now. Try again in a few minutes.")


def deliver(contact: Contact, text: str, *, at: datetime) -> None:
    """Send the text now; ChannelClosed where nothing carries it, CodeNotSent where it was not taken."""
    by_it = carrier(_CHANNELS[contact.channel])
    if by_it is None:
        raise ChannelClosed
    title, words = ("", plain_letters(text)) if contact.channel == Way.PHONE else (_g("CaMau-G: your code"), text)
    parcel = Parcel(key=uuid7(), to=contact.value, title=title, text=words)
    try:
        by_it.carry(parcel, at=at)
    except Undelivered as error:
        raise CodeNotSent from error
