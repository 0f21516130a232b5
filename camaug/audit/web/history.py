from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from camaug.audit import keys
from camaug.audit.queries import last_witnessed, latest_heads, tail
from camaug.kernel.pages import Request, public


@public
def history(request: Request) -> HttpResponse:
    """The signed heads of the history, who has witnessed them, and how anybody checks what was handed out."""
    waiting = tail(at=request.at)
    shown = {
        "heads": latest_heads(),
        "columns": [_("Sealed at"), _("Entries"), _("Root (SHA-256)"), _("Witnessed")],
        "witnessed": last_witnessed(),
        "waiting": waiting,
        "key": _key(),
        "witnesses": [str(one.key) for one in keys.witnesses()],
    }
    return render(request, "audit/history.html", shown)


def _key() -> str:
    try:
        return str(keys.signer().verifier)
    except keys.NoKey:
        return ""
