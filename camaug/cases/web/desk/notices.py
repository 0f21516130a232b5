"""What the applicant of a case was told, whether it arrived, and sending it again."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.queries import Told, ToldAbout, told_about
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, staff
from camaug.notify.actions.send_again import SentInTheMeantime, send_again
from camaug.notify.queries import DeliveryView, MessageView

_TONES = {"WAITING": "waiting", "SENT": "done", "FAILED": "late", "GIVEN_UP": "late", "SKIPPED": "plain"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A delivery with the colour of its state; `again`: it can be sent once more."""

    delivery: DeliveryView
    tone: str
    again: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A message with what became of it."""

    message: MessageView
    arrivals: tuple[Arrival, ...]


@staff
def notices(request: Request, code: str) -> HttpResponse:
    """All that the applicant was told; POST sends one message once more by one channel."""
    told = told_about(code, request.actor)
    if request.method != "POST":
        return _page(request, told)
    delivery = _named(told, request.POST.get("message", ""), request.POST.get("channel", ""))
    try:
        send_again(
            delivery.message_id,
            channel=delivery.channel,
            by=request.actor,
            at=request.at,
            instead_of=_key(request.POST.get("key", "")),
        )
    except DomainError as no:
        return _page(request, told, {"": str(no)})
    messages.success(request, _("The message is being sent again to {address}.").format(address=delivery.address))
    return redirect("cases:notices", code)


def _page(request: Request, told: ToldAbout, errors: dict[str, str] | None = None) -> HttpResponse:
    shown = {
        "told": told,
        "notices": [_notice(one) for one in told.messages],
        "errors": errors or {},
        "now": request.at,
    }
    return render(request, "cases/desk/notices.html", shown, status=422 if errors else 200)


def _notice(told: Told) -> Notice:
    return Notice(
        told.message,
        tuple(
            Arrival(one, _TONES[one.state], again=bool(one.address) and one.state != "WAITING")
            for one in told.deliveries
        ),
    )


def _named(told: ToldAbout, message: str, channel: str) -> DeliveryView:
    """The delivery that the form names; NotFound for what is no message of this case."""
    every = (one for row in told.messages for one in row.deliveries)
    found = next((one for one in every if (str(one.message_id), one.channel) == (message, channel)), None)
    if found is None:
        raise NotFound
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise SentInTheMeantime from None
