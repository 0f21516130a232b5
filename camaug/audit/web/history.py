from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from camaug.audit import keys
from camaug.audit.queries import head_of, last_witnessed, latest_heads, tail
from camaug.kernel.pages import Request, public

_LONGEST = 18


@public
def history(request: Request) -> HttpResponse:
    """The signed heads of the history, who has witnessed them, and how anybody checks what was handed out."""
    waiting, asked = tail(at=request.at), request.GET.get("entries", "").replace(".", "").strip()
    printed = head_of(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < _LONGEST else None
    shown = {
        "heads": latest_heads(),
        "columns": [_("Sealed at"), _("Entries"), _("Root (SHA-256)"), _("Witnessed")],
        "asked": asked,
        "printed": printed,
        "groups": _in_groups(printed.root) if printed else "",
        "witnessed": last_witnessed(),
        "waiting": waiting,
        "key": keys.published_key(),
        "witnesses": [str(one.key) for one in keys.witnesses()],
    }
    return render(request, "audit/history.html", shown)


def _in_groups(root: str) -> str:
    """The root as papers print its beginning."""
    return " ".join(root[at : at + 4] for at in range(0, len(root), 4))
