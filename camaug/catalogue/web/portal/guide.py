from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from camaug.catalogue.definition.procedure import Applicant
from camaug.catalogue.forms.wording import told
from camaug.catalogue.guide import Question
from camaug.catalogue.leaflet.words import joined_all, sentence
from camaug.catalogue.queries.applying import may_apply
from camaug.catalogue.queries.guiding import Stand, Suggestion, stand
from camaug.kernel.pages import Request, public

type Way = tuple[str, ...]


@public
def guide(request: Request, way: str = "") -> HttpResponseBase:
    """One question of the guide, or the procedures to which the answers lead. The answers are the address.

    `?answer=` is what was chosen; it leads on to the page after it. `?sent` alone: nothing was.
    """
    answers = tuple(part for part in way.split("/") if part)
    here = stand(answers, request.at.date())
    if here.question is not None and request.GET.keys() & {"answer", "sent"}:
        chosen = request.GET.get("answer", "")
        if here.question.answer(chosen):
            return redirect(_address((*answers, chosen)))
        return _asked(here, here.question, answers, request, missing=True)
    return _led(here, answers, request) if here.question is None else _asked(here, here.question, answers, request)


def _asked(here: Stand, question: Question, way: Way, request: Request, *, missing: bool = False) -> HttpResponse:
    shown = {
        "title": told(question, "ask"),
        "hint": told(question, "hint"),
        "options": [
            {"value": answer.id, "label": told(answer, "label"), "hint": told(answer, "hint")}
            for answer in question.answers
        ],
        "errors": {"answer": _("Choose an answer.")} if missing else {},
        "here": _address(way),
        **_frame(here, way),
    }
    return render(request, "catalogue/portal/guide_question.html", shown, status=422 if missing else 200)


def _led(here: Stand, way: Way, request: Request) -> HttpResponse:
    shown = {"suggestions": [_suggested(one, request) for one in here.suggestions], **_frame(here, way)}
    return render(request, "catalogue/portal/guide_result.html", shown)


def _frame(here: Stand, way: Way) -> dict[str, object]:
    said = [
        {"label": told(one.question, "ask"), "value": told(one.answer, "label"), "href": _address(one.way)}
        for one in here.said
    ]
    return {"said": said, "back": _address(way[:-1]) if way else "/", "first": _address(())}


def _suggested(one: Suggestion, request: Request) -> dict[str, object]:
    return {
        "name": one.leaflet.name,
        "because": told(one.lead, "because"),
        "papers": sentence(_papers(one)),
        "times": one.leaflet.times[0].words,
        "cost": one.leaflet.cost,
        "page": reverse("catalogue:procedure", args=[one.leaflet.code]),
        "apply": _apply(one) if one.online and may_apply(one.definition, request.actor) else "",
        "only_business": not one.definition.admits(Applicant.PERSON),
    }


def _papers(one: Suggestion) -> str:
    """What to bring, in one line."""
    papers = one.leaflet.papers
    always = joined_all([paper.name[:1].lower() + paper.name[1:] for paper in papers.always])
    if always and papers.some:
        return _("{papers}; in some cases other papers too").format(papers=always)
    if always:
        return always
    return _("none in most cases") if papers.some else _("nothing to hand in")


def _apply(one: Suggestion) -> str:
    try:
        return reverse("citizen:apply", kwargs={"procedure": one.leaflet.code})
    except NoReverseMatch:
        return ""


def _address(way: Way) -> str:
    return reverse("catalogue:guide_way", args=["/".join(way)]) if way else reverse("catalogue:guide")
