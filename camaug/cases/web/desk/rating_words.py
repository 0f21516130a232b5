from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.hide_rating_words import hide_rating_words
from camaug.cases.actions.show_rating_words import show_rating_words
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries.ratings import rating_of
from camaug.cases.web.portal.wording import SATISFACTIONS
from camaug.kernel.errors import NotAllowed
from camaug.kernel.pages import Request, staff


@staff(may="cases.moderate_rating")
def rating_words(request: Request, code: str) -> HttpResponseBase:
    """GET shows what was written, or why it is hidden; POST hides it with a reason, or shows it again."""
    row = rating_of(request.actor, code)
    if not row.moderated:
        raise NotAllowed(
            reason=_("Only the agency's leader or the head of its one-stop unit may hide what an applicant wrote.")
        )
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if row.hidden:
                show_rating_words(code, by=request.actor, at=request.at)
                messages.success(request, _("What the applicant wrote is shown again."))
            else:
                hide_rating_words(code, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)
                messages.success(request, _("What the applicant wrote is hidden; the rating still counts."))
        except ReasonMissing as refusal:
            errors["reason"] = str(refusal)
        else:
            return redirect("cases:ratings")
    shown = {"row": row, "label": SATISFACTIONS[row.satisfaction], "errors": errors}
    return render(request, "cases/desk/rating_words.html", shown, status=422 if errors else 200)
