from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.audit.actions.erase_on_request import erase_on_request
from camaug.audit.queries import erasures
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, fresh
from camaug.ui.administration import administrators

KEYS = {
    "beside.note.text": gettext_lazy("Words written with a step (a reason, a note)"),
    "origin": gettext_lazy("Network address from which it was done"),
}
FIELDS = ("event", "key", "ground")


@fresh
@administrators
def erasure(request: Request) -> HttpResponseBase:
    """Take personal text out of one event on somebody's lawful request; what the event says is not shown here."""
    if request.method != "POST":
        return _shown(request, dict.fromkeys(FIELDS, ""), {})
    typed = {name: request.POST.get(name, "")[:300].strip() for name in FIELDS}
    event = read_id(typed["event"])
    if event is None or typed["key"] not in KEYS:
        missing = {"event": _("Type the id of the event, as the proof of the history has it.")} if event is None else {}
        chosen = {} if typed["key"] in KEYS else {"key": _("Choose what is erased.")}
        return _shown(request, typed, missing | chosen)
    try:
        erase_on_request(event, typed["key"], ground=typed["ground"], by=request.actor, at=request.at)
    except InvalidInput as no:
        return _shown(request, typed, {name: str(said) for name, said in no.errors.items()})
    except NotFound:
        return _shown(request, typed, {"event": _("There is no such event, or nothing of the kind with it.")})
    except DomainError as no:
        return _shown(request, typed, {"": str(no)})
    messages.success(request, _("It is erased; the sealed history says that it was, and all proofs stay valid."))
    return redirect("audit:erasure")


def _shown(request: Request, typed: dict[str, str], errors: dict[str, Any]) -> HttpResponse:
    shown = {
        "typed": typed,
        "errors": errors,
        "keys": [{"value": key, "label": label} for key, label in KEYS.items()],
        "rows": [(KEYS.get(one.key, one.key), one) for one in erasures()],
    }
    return render(request, "audit/erasure.html", shown, status=422 if errors else 200)
