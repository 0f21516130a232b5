from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from camaug.behalf.queries import Act, usable
from camaug.cases.actions.start import NotInTheMandate, is_online, start
from camaug.cases.applicants import WHO, WrongApplicant
from camaug.cases.queries import unfinished
from camaug.cases.unseen import NotRepresenting
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.papers import Paper
from camaug.catalogue.definition.procedure import Applicant, Definition
from camaug.catalogue.forms.pages import next_page
from camaug.catalogue.forms.wording import limit_words, told, told_list
from camaug.catalogue.queries import current
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.pages import Audience, Door, Request, public
from camaug.people.queries import represented_by

MEMBERS = Door(Audience.MEMBERS)


@public
def apply(request: Request, procedure: str) -> HttpResponseBase:
    """Before you start. GET says what is needed; POST begins a draft, or leads to the sign-in and back here."""
    made = current(procedure, request.at.date()).definition
    if request.method != "POST":
        return _shown(request, made)
    if not MEMBERS.admits(request.actor):
        return redirect(_sign_in(request))
    kind, _sep, chosen = request.POST.get("for", "").rpartition(":")
    ids = {kind or "business": _id(chosen)} if chosen else {}
    key = _id(request.POST.get("request_key", ""))
    try:
        case = start(procedure, by=request.actor, at=request.at, request_key=key, **ids)
    except (WrongApplicant, NotInTheMandate, NotRepresenting) as refusal:
        return _shown(request, made, refused=str(refusal))
    first = next_page(made.form, case.answers, None, on=request.at.date())
    return redirect("citizen:page", case.id, first.id) if first else redirect("citizen:office", case.id)


def _shown(request: Request, made: Definition, refused: str = "") -> HttpResponse:
    member = MEMBERS.admits(request.actor)
    limit = made.limit_for(Channel.ONLINE, request.at.date()) if is_online(made) else None
    shown = {
        "name": told(made, "plain_name"),
        "official_name": told(made, "name"),
        "summary": told(made, "summary"),
        "code": made.code,
        "online": is_online(made),
        "partial_reason": told(made, "online_level_reason"),
        "who": told(made, "who_may_apply"),
        "ready": told_list(made, "before_you_start"),
        "papers": [_paper(paper) for paper in made.papers if not paper.declaration and not paper.optional],
        "time": limit_words(limit) if limit else "",
        "time_note": told(limit, "note") if limit else "",
        "fees": told(made, "fee_note"),
        "free": not made.fees,
        "member": member,
        "officer": request.actor.kind == ActorKind.STAFF,
        "sign_in": _sign_in(request),
        "unfinished": unfinished(request.actor, made.code) if member else None,
        "request_key": uuid7(),
        "choices": _for_whom(request, made) if member else [],
        "only": _only(made),
        "for_others": made.admits(Applicant.PERSON),
        "errors": {"for": refused} if refused else {},
    }
    return render(request, "cases/portal/apply.html", shown, status=422 if refused else 200)


def _for_whom(request: Request, made: Definition) -> list[dict[str, str]]:
    """Whom the member may apply for: for oneself, for a business that one represents; what is not admitted is not
    offered.
    """
    found = []
    if made.admits(Applicant.PERSON):
        found.append({"value": "", "label": _("For myself: {name}").format(name=request.actor.name)})
    if made.admits(Applicant.BUSINESS):
        found += [{"value": str(firm.id), "label": firm.name} for firm in represented_by(request.actor)]
    if made.admits(Applicant.PERSON):
        found += [
            {"value": f"mandate:{one.id}", "label": _("For {name}, whom I help").format(name=one.person)}
            for one in usable(request.actor, Act.PREPARE, at=request.at)
            if one.covers(made.code, made.field)
        ]
    return found


def _only(made: Definition) -> str:
    """Who alone may apply, in words; "" where everybody may."""
    return str(WHO[made.applicants[0]]) if len(made.applicants) == 1 else ""


def _paper(paper: Paper) -> dict[str, str]:
    return {"name": told(paper, "name"), "when": told(paper, "when_text"), "hint": told(paper, "hint")}


def _sign_in(request: Request) -> str:
    unnamed = request.actor.kind == ActorKind.PUBLIC
    page = reverse("access:who" if unnamed else "access:sign_in")
    return f"{page}?{urlencode({'next': request.path})}"


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
