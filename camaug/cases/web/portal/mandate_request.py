"""A helper asks to act for a person, and types the code that the person has read to him."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.ask_mandate_code import ask_mandate_code, prove_mandate_code
from camaug.behalf.actions.propose_mandate import Wish, propose_mandate
from camaug.behalf.queries import Act, Relation, Stage, limits_at, mandate_of
from camaug.behalf.queries.wording import ACTS, RELATIONS
from camaug.cases.web.portal.mandate_words import in_words, shown
from camaug.catalogue.queries import by_codes, fields
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.pages import Request, members
from camaug.ui.reading import read_date

USUAL = timedelta(days=90)


@members
def mandate_request(request: Request) -> HttpResponseBase:
    """Whom one wants to help with what, until when. POST asks; the person still has to confirm."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = propose_mandate(
                _wish(request.POST, request.at.astimezone(LOCAL).date()), by=request.actor, at=request.at
            )
            return redirect("citizen:mandate_code", made.id)
        except NotFound:
            raise
        except InvalidInput as wrong:
            errors = dict(wrong.errors)
        except DomainError as no:
            errors = {"": str(no)}
    return _asked(request, errors)


@members
def mandate_code(request: Request, mandate: UUID) -> HttpResponseBase:
    """How the person confirms. POST sends him a code (`send`), or says which code he has read."""
    one = mandate_of(mandate, request.actor, at=request.at)
    if one.helper_id != request.actor.person_id:
        raise NotFound
    if one.stage != Stage.WAITING:
        return redirect("citizen:mandate", mandate)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if "send" in request.POST:
                ask_mandate_code(mandate, until=one.until_at, by=request.actor, at=request.at)
                messages.success(
                    request, _("If the person's own phone or mailbox is known here, a code is on its way.")
                )
                return redirect("citizen:mandate_code", mandate)
            digits = "".join(request.POST.get("code", "").split())
            prove_mandate_code(mandate, digits=digits, by=request.actor, at=request.at)
        except NotFound:
            raise
        except DomainError as no:
            errors = {"code": str(no)}
        else:
            messages.success(request, _("Confirmed. You can begin an application for this person now."))
            return redirect("citizen:mandate", mandate)
    page = {"mandate": shown(one, at=request.at), "errors": errors}
    return render(request, "cases/portal/mandate_code.html", page, status=422 if errors else 200)


def _wish(typed: QueryDict, on: date) -> Wish:
    day = read_date(_texts(typed), "until")
    if day.date is None:
        raise InvalidInput({"until": day.error or _("Say until which day.")})
    scope = [one.partition(":") for one in typed.getlist("scope")]
    single = [code[:60] for kind, _sep, code in scope if kind == "procedure"]
    whole = {code for kind, _sep, code in scope if kind == "field"}
    return Wish(
        number=typed.get("number", "")[:30],
        name=typed.get("name", ""),
        relation=typed.get("relation", ""),
        procedures=[hit.code for hit in by_codes(single, on)],
        fields=[one.code for one in fields(on) if one.code in whole],
        acts=typed.getlist("acts"),
        until_at=_after(day.date),
    )


def _texts(typed: QueryDict) -> dict[str, str]:
    return {name: typed.get(name, "") for name in typed}


def _after(last: date) -> datetime:
    """The end of the day; of the calendar's last one its beginning."""
    following = last + timedelta(days=1) if last < date.max else last
    return datetime.combine(following, time(), LOCAL)


def _asked(request: Request, errors: dict[str, str]) -> HttpResponse:
    posted = request.method == "POST"
    on = request.at.astimezone(LOCAL).date()
    usual = on + min(USUAL, limits_at(request.at).longest)
    code = request.GET.get("procedure", "")[:60]
    page = {
        "errors": errors,
        "typed": defaultdict(str, _texts(request.POST)),
        "relations": [{"value": one.value, "label": RELATIONS[one]} for one in Relation],
        "scopes": _scopes(code, on),
        "scope": request.POST.getlist("scope") if posted else [f"procedure:{code}"],
        "all_acts": [{"value": act.value, "label": ACTS[act]} for act in Act],
        "acts": request.POST.getlist("acts") if posted else [act.value for act in Act],
        "until": read_date(_texts(request.POST), "until") if posted else usual,
        "longest": limits_at(request.at).longest_days,
    }
    return render(request, "cases/portal/mandate_request.html", page, status=422 if errors else 200)


def _scopes(code: str, on: date) -> list[dict[str, Any]]:
    """The procedure from which one came, then the fields."""
    single = [
        {
            "value": f"procedure:{hit.code}",
            "label": in_words(hit.plain_name, hit.plain_name_en),
            "hint": _("Only this procedure"),
        }
        for hit in by_codes([code], on)
    ]
    whole = [{"value": f"field:{one.code}", "label": in_words(one.name, one.name_en)} for one in fields(on)]
    return [*single, *whole]
