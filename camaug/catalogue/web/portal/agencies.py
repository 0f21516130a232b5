from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page

from camaug.kernel.pages import Request, public
from camaug.people.queries import AgencyView, Directory, directory

WORDS = 60
COMMITTEE = "PEOPLES_COMMITTEE"
DEPARTMENT, DIVISION = "DEPARTMENT", "DEPARTMENT_DIVISION"


@dataclass(frozen=True, slots=True)
class Branch:
    """A district's committee with the committees of its communes."""

    agency: AgencyView
    communes: tuple[AgencyView, ...]


@public
@gzip_page
def agencies(request: Request) -> HttpResponse:
    """The offices of the province: by district and commune, the departments, or those that fit the words `?q=`."""
    known = directory(request.at.date())
    words = request.GET.get("q", "").strip()[:WORDS]
    shown = {
        "q": words,
        "found": known.search(words, limit=30) if words else (),
        "branches": _branches(known),
        "departments": [agency for agency in known.of_level("PROVINCE") if _is_department(agency)],
        "english": (get_language() or "").startswith("en"),
    }
    return render(request, "catalogue/portal/agencies.html", shown)


def _is_department(agency: AgencyView) -> bool:
    """Departments that decide on procedures of their own have a kind of their own: DEPARTMENT_HEALTH."""
    return agency.kind.startswith(DEPARTMENT) and agency.kind != DIVISION


def _branches(known: Directory) -> tuple[Branch, ...]:
    districts = (agency for agency in known.of_level("DISTRICT") if agency.kind == COMMITTEE)
    return tuple(
        Branch(district, tuple(child for child in known.children(district.id) if child.kind == COMMITTEE))
        for district in districts
    )
