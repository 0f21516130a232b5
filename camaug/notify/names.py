"""The words shown for channels, states and reasons."""

from django.utils.translation import gettext_lazy as _

from camaug.notify.models import Channel, DeliveryState, Reason

CHANNELS: dict[Channel, object] = {
    Channel.IN_APP: _("On your page"),
    Channel.EMAIL: _("E-mail"),
    Channel.SMS: _("SMS"),
}
STATES: dict[DeliveryState, object] = {
    DeliveryState.WAITING: _("Waiting to be sent"),
    DeliveryState.SENT: _("Sent"),
    DeliveryState.FAILED: _("Failed, will be tried again"),
    DeliveryState.GIVEN_UP: _("Given up"),
    DeliveryState.SKIPPED: _("Not sent"),
}
REASONS: dict[Reason, object] = {
    Reason.UNREACHABLE: _("The server that sends messages does not answer."),
    Reason.REFUSED_FOR_NOW: _("The server that sends messages refuses for now."),
    Reason.REJECTED: _("The address does not take messages."),
    Reason.NOT_WANTED: _("The recipient does not want messages this way."),
    Reason.NOT_SET_UP: _("This way of sending is not set up yet."),
    Reason.TOO_OLD: _("It was no longer news when it could have been sent."),
}
