from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.count_attempt import TooManyAttempts, count_attempt
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, public
from camaug.people.queries import display_phone, parse_phone, person
from camaug.queue.actions.book import SlotTaken, Wish, book
from camaug.queue.queries import HallView
from camaug.queue.web.places import BOOKINGS, hall_called
from camaug.queue.web.portal.purpose import purpose_of


@public
def booking(request: Request, hall: str, letter: str) -> HttpResponseBase:
    """Name and telephone for the half hour that the address names; POST books it."""
    here = hall_called(request, hall)
    slot_at = read_instant(request.GET.get("at", ""))
    if not here.books:
        raise NotFound
    if slot_at is None:
        return redirect("queue:times", hall, letter)
    if request.method != "POST":
        return _shown(request, here, letter, slot_at, _known(request), {})
    typed = {name: " ".join(request.POST.get(name, "").split())[:120] for name in ("name", "phone")}
    errors, phone = _checked(typed)
    if errors:
        return _shown(request, here, letter, slot_at, typed, errors)
    purpose = purpose_of(request, request.GET.get("for", ""))
    wish = Wish(letter, slot_at, typed["name"], phone, purpose.code if purpose else "")
    try:
        count_attempt(BOOKINGS, of=phone, by=request.actor, at=request.at)
        made = book(here.agency.id, wish, by=request.actor, at=request.at)
    except SlotTaken as gone:
        return _shown(request, here, letter, slot_at, typed, {"": str(gone)}, gone=True)
    except DomainError as no:
        status = 429 if isinstance(no, TooManyAttempts) else 422
        return _shown(request, here, letter, slot_at, typed, {"": str(no)}, status=status)
    return redirect("queue:appointment", made.code)


def read_instant(text: str) -> datetime | None:
    """A local instant such as 2026-11-26T08:30; None for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=LOCAL)
    except ValueError:
        return None


def _checked(typed: dict[str, str]) -> tuple[dict[str, str], str]:
    errors, phone = {}, ""
    if not typed["name"]:
        errors["name"] = _("Enter the name of whoever comes.")
    try:
        phone = parse_phone(typed["phone"])
    except DomainError as no:
        errors["phone"] = str(no)
    return errors, phone


def _known(request: Request) -> dict[str, str]:
    if request.actor.person_id is None:
        return {"name": "", "phone": ""}
    who = person(request.actor.person_id)
    return {"name": who.full_name, "phone": display_phone(who.phone) if who.phone else ""}


def _shown(
    request: Request,
    here: HallView,
    letter: str,
    slot_at: datetime,
    typed: dict[str, str],
    errors: dict[str, str],
    *,
    gone: bool = False,
    status: int = 422,
) -> HttpResponse:
    shown = {
        "hall": here,
        "group": here.group(letter),
        "slot_at": slot_at,
        "purpose": purpose_of(request, request.GET.get("for", "")),
        "typed": typed,
        "errors": errors,
        "wrong": {"name": errors.get("name", ""), "phone": errors.get("phone", "")},
        "gone": gone,
    }
    return render(request, "queue/portal/booking.html", shown, status=status if errors else 200)
