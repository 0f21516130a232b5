from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators
from camaug.worktime.actions.settle_question import AnswerMissing, settle_question
from camaug.worktime.queries import open_questions


@administrators
def question(request: Request, code: str) -> HttpResponseBase:
    """Settle an open question of the calendar without a new day off."""
    asked, errors = next((one for one in open_questions() if one.code == code), None), dict[str, str]()
    if asked is None:
        raise NotFound
    if request.method == "POST":
        try:
            settle_question(code, decided=request.POST.get("decided", "")[:300], by=request.actor, at=request.at)
        except AnswerMissing as no:
            errors = {"decided": str(no)}
        else:
            messages.success(request, _("The question is settled."))
            return redirect("worktime:calendar")
    shown = {"question": asked, "errors": errors, "decided": request.POST.get("decided", "")}
    return render(request, "worktime/question.html", shown, status=422 if errors else 200)
