"""In which hall an officer works."""

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.people.queries import AgencyView, directory
from camaug.queue.models import Hall
from camaug.queue.policy import OVERSEE, SERVE


def halls_of(request: Request, *, watching: bool = False) -> tuple[AgencyView, ...]:
    """The agencies with a hall where the officer serves, or, `watching`, also those that he leads."""
    actor = request.actor
    may = OVERSEE if watching else SERVE
    units = dict.fromkeys(post.unit_id for post in actor.posts)
    wanted = [unit for unit in (*units, *actor.led_unit_ids) if may.allows(actor, unit)]
    there = set(Hall.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    known = directory(request.at.date())
    return tuple(known.get(unit) for unit in dict.fromkeys(wanted) if unit in there and unit in known)


def hall_chosen(request: Request, *, watching: bool = False) -> AgencyView:
    """The one that `hall` in the address names by its code, else the first; NotFound where there is none."""
    found = halls_of(request, watching=watching)
    wanted = request.GET.get("hall", "")
    chosen = next((agency for agency in found if wanted in ("", agency.code)), None)
    if chosen is None:
        raise NotFound
    return chosen
