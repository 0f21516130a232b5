from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.save import Changes, save
from camaug.cases.queries import Draft
from camaug.cases.web.portal import walk
from camaug.cases.web.portal.page import later
from camaug.catalogue.forms.wording import told
from camaug.catalogue.queries import receivers, version
from camaug.kernel.pages import Request
from camaug.people.queries import AgencyView, Directory, directory, person, place

FEW = 12
MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices that receive the procedure, and those among them that this page offers."""

    all: tuple[AgencyView, ...]
    offered: tuple[AgencyView, ...]
    groups: tuple[AgencyView, ...]
    near: frozenset[UUID]

    def knows(self, office_id: UUID | None) -> bool:
        """Whether the office receives the procedure."""
        return any(one.id == office_id for one in self.all)


@walk.drafted
def office(request: Request, draft: Draft) -> HttpResponseBase:
    """Which office receives the application. `q` and `district` (GET) find others than those nearby."""
    offices = _offices(request, draft)
    if request.method != "POST":
        return _shown(request, draft, offices)
    chosen = _uuid(request.POST.get("office", ""))
    known = offices.knows(chosen)
    if known:
        save(draft.case.id, Changes(receiving_agency=chosen), by=request.actor, at=request.at)
    if "later" in request.POST:
        return later(request)
    if not known:
        return _shown(request, draft, offices, error=_("Choose the office that receives your application."))
    return redirect(walk.forward(draft, draft.case.answers, "office", to_check=walk.leads_to_check(request)))


def _offices(request: Request, draft: Draft) -> Offices:
    on = draft.on
    every = receivers(version(draft.case.version_id), on)
    agencies = directory(on)
    groups = {one.parent_id: agencies.get(one.parent_id) for one in every if one.parent_id}
    near = [one for one in every if one.place_code and one.place_code in _communes_of(request, draft)]
    found = _found(request, every, agencies)
    chosen = [one for one in every if one.id == draft.case.receiving_agency_id]
    offered = found if found is not None else every if len(every) <= FEW else (*chosen, *near)
    return Offices(
        all=every,
        offered=tuple(dict.fromkeys(offered)),
        groups=tuple(groups.values()) if len(every) > FEW else (),
        near=frozenset(one.id for one in near),
    )


def _found(request: Request, every: tuple[AgencyView, ...], agencies: Directory) -> tuple[AgencyView, ...] | None:
    """What the reader looked for; None where he did not look."""
    if words := request.GET.get("q", "").strip()[:100]:
        receiving = {one.id for one in every}
        return tuple(one for one in agencies.search(words, limit=200) if one.id in receiving)[:MOST_FOUND]
    if group := _uuid(request.GET.get("district", "")):
        return tuple(one for one in every if one.parent_id == group)
    return None


def _communes_of(request: Request, draft: Draft) -> frozenset[str]:
    """The communes (and districts) where the applicant lives and that the answers name."""
    codes = {code for address in _addresses(draft.case.answers) for code in address}
    who = person(request.actor.person_id) if request.actor.person_id else None
    if who and who.place_id:
        home = place(who.place_id)
        codes |= {home.code, *({place(home.parent_id).code} if home.parent_id else ())}
    return frozenset(codes)


def _addresses(answers: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for value in answers.values():
        if isinstance(value, Mapping):
            yield tuple(str(value[level]) for level in ("district", "commune") if value.get(level))
            yield from _addresses(value)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shown(request: Request, draft: Draft, offices: Offices, *, error: str = "") -> HttpResponse:
    looked = bool(request.GET.get("q") or request.GET.get("district"))
    chosen = draft.case.receiving_agency_id
    only = offices.offered[0].id if len(offices.offered) == 1 and not looked else None
    shown = {
        "procedure": told(draft.definition, "plain_name"),
        "title": _("Which office do you send it to?"),
        "hint": draft.definition.competence.rule,
        "back": walk.backward(draft, "office", to_check=walk.leads_to_check(request)),
        "errors": {"office": error} if error else {},
        "error": error,
        "options": [_option(one, offices) for one in offices.offered],
        "chosen": str(chosen or only or ""),
        "looked": looked,
        "groups": [{"value": str(group.id), "label": group.name} for group in offices.groups],
        "district": request.GET.get("district", ""),
        "q": request.GET.get("q", ""),
        "to": request.GET.get("to", ""),
        **walk.place(draft, "office"),
    }
    return render(request, "cases/portal/office.html", shown, status=422 if error else 200)


def _option(one: AgencyView, offices: Offices) -> dict[str, str]:
    near = _("Where you live or what you wrote") if one.id in offices.near and len(offices.all) > FEW else ""
    return {"value": str(one.id), "label": one.name, "hint": ". ".join(part for part in (near, one.address) if part)}
