from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.cases.actions.consult import (
    MOST_HOURS,
    AskedAlready,
    NobodyToAsk,
    NoTimeToAnswer,
    Question,
    QuestionMissing,
    consult,
)
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.routing import agency_of
from camaug.cases.web.desk.moving import answer
from camaug.catalogue.definition.process import CHOSEN, Consultation, kind_in
from camaug.catalogue.forms.wording import said
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, staff
from camaug.people.queries import AgencyView, directory

OTHER = "other"
_FIELDS = {
    QuestionMissing: "question",
    NobodyToAsk: "agency",
    AskedAlready: "agency",
    NoTimeToAnswer: "hours",
}


@staff
def consultation(request: Request, code: str) -> HttpResponseBase:
    """Ask another agency beside the step: a question that the process foresees, or any other."""

    def act(page: CasePage, seen: int) -> Case:
        return consult(page.case.id, _read(request, page), by=request.actor, at=request.at, seen=seen)

    def more(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        return _shown(request, page, typed)

    return answer(request, code, "consult", act, more=more, fields=_FIELDS)


def _read(request: Request, page: CasePage) -> Question:
    wanted = request.POST.get("consultation", OTHER)
    foreseen = next((one for one in page.step.consultations if one.id == wanted), None)
    hours = request.POST.get("hours", "")
    return Question(
        text=request.POST.get("question", ""),
        consultation=foreseen.id if foreseen else "",
        agency=_chosen(request, foreseen),
        hours=int(hours) if hours.isascii() and hours.isdigit() else None,
    )


def _chosen(request: Request, foreseen: Consultation | None) -> UUID | None:
    """The agency that was named, by its code or exact name; of the right kind where the process says one."""
    typed = " ".join(request.POST.get("agency", "").split())
    known = directory(request.at.date())
    by_id = read_id(typed)
    if by_id is not None:
        return by_id
    kind = kind_in(foreseen.agency) if foreseen else ""
    found = [a for a in known if typed and typed in (a.code, a.name) and (not kind or a.kind == kind)]
    return found[0].id if len(found) == 1 else None


def _shown(request: Request, page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    foreseen = page.step.consultations
    options = [
        {"value": one.id, "label": said(one, "name", get_language()), "hint": _whom(request, page, one)}
        for one in foreseen
    ]
    options.append({"value": OTHER, "label": _("Another question, to another agency")})
    first = foreseen[0] if foreseen else None
    return {
        "options": options,
        "consultation": typed.get("consultation") or (first.id if first else OTHER),
        "question": typed.get("question", first.question if first else ""),
        "agencies": _agencies(request, page),
        "hours": typed.get("hours", "24"),
        "most_hours": MOST_HOURS,
    }


def _whom(request: Request, page: CasePage, one: Consultation) -> str:
    """Who is asked, how long they have, and what it does to the clock."""
    chosen = one.agency.startswith(CHOSEN)
    meant = None if chosen else agency_of(page.case, one.agency, at=request.at)
    whom = meant.name if meant else _("an agency that you choose below")
    words = _("{whom}, {hours} working hours to answer").format(whom=whom, hours=f"{one.hours.normalize():f}")
    still = _("The clock stands still until the answer.")
    return f"{words}. {still}" if one.stops else words


def _agencies(request: Request, page: CasePage) -> tuple[AgencyView, ...]:
    """Those that might be asked: for suggestions while typing."""
    kinds = {kind_in(one.agency) for one in page.step.consultations if one.agency.startswith(CHOSEN)}
    return tuple(a for a in directory(request.at.date()) if not page.step.consultations or not kinds or a.kind in kinds)
