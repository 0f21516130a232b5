from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from camaug.behalf.queries import Act
from camaug.cases.printing import follow_url
from camaug.cases.queries import Progress, progress_of
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.forms.wording import limit_words, told
from camaug.kernel.pages import Request, members
from camaug.ui.qr import qr


@members
def receipt(request: Request, case: UUID) -> HttpResponse:
    """The confirmation of what was sent: its code, and what happens next."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    code = seen.case.code or ""
    shown = {
        "progress": seen,
        "code": code,
        "procedure": told(seen.definition, "plain_name"),
        "qr": qr(follow_url(code)),
        "follow_url": follow_url(code),
        "next": _next(seen),
    }
    return render(request, "cases/portal/receipt.html", shown)


def _next(seen: Progress) -> list[str]:
    case = seen.case
    limit = seen.definition.limit_for(Channel(case.channel), case.filed_on, case.answers)
    return [
        _("The one-stop unit of {office} looks through your application.").format(office=seen.receiving.name),
        _("If something is missing, you are asked once for everything; add it on this site."),
        _("Time to settle it, counted from when it is received: {time}.").format(time=limit_words(limit).lower()),
        *([_("The fee is paid before you get the result, at the one-stop counter.")] if seen.definition.fees else []),
    ]
