"""Which carrier this installation has for a channel."""

from django.conf import settings

from camaug.notify.channels.contract import Carrier
from camaug.notify.channels.email import Smtp
from camaug.notify.channels.in_app import InApp
from camaug.notify.channels.sms import HttpSmsGateway, Sms
from camaug.notify.channels.tray import Tray
from camaug.notify.models import Channel


def carrier(channel: Channel) -> Carrier | None:
    """The carrier that is set up; in the demonstration the tray stands in for what is not; None: nothing carries it."""
    if channel == Channel.IN_APP:
        return InApp()
    if channel == Channel.EMAIL and settings.SMTP_HOST:
        return Smtp()
    if channel == Channel.SMS and settings.SMS_GATEWAY_URL:
        return Sms(HttpSmsGateway(settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY))
    return Tray() if settings.DEMO else None
