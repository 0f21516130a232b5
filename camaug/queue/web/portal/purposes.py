from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from camaug.catalogue.queries import by_agency
from camaug.catalogue.queries.listing import Row, rows
from camaug.kernel.pages import Request, public
from camaug.queue.queries import HallView, group_for
from camaug.queue.queries.halls import GroupView
from camaug.queue.web.places import hall_called


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of services with the procedures that people come for."""

    group: GroupView
    procedures: tuple[Row, ...]


@public
def purposes(request: Request, hall: str) -> HttpResponse:
    """What one comes for: the groups of the hall with their procedures."""
    here = hall_called(request, hall)
    shown = {"hall": here, "choices": _choices(here, request) if here.books else ()}
    return render(request, "queue/portal/purposes.html", shown)


def _choices(here: HallView, request: Request) -> tuple[Choice, ...]:
    hits = by_agency(here.agency.kind, here.agency.level, request.at.date())
    groups = [group_for(hit.field, here.groups) for hit in hits]
    return tuple(
        Choice(group, rows(hit for hit, its in zip(hits, groups, strict=True) if its == group))
        for group in here.groups
        if group.places
    )
