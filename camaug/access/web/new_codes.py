from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.access.web.frame import frame_of
from camaug.access.web.session import safe_next
from camaug.kernel.encryption import NotDecrypted, decrypt
from camaug.kernel.pages import Request, signed_in

NEW_CODES = "new_recovery_codes"
HOME = "/account/security/"


@signed_in
def new_codes(request: Request) -> HttpResponseBase:
    """Recovery codes that were just made, this once."""
    onward = safe_next(request, otherwise=HOME)
    try:
        codes = decrypt(request.session.pop(NEW_CODES, ""), about=f"access.new_codes:{request.actor.account_id}").split(
            "\n"
        )
    except NotDecrypted:
        return redirect(onward)
    return render(request, "access/new_codes.html", {"codes": codes, "next": onward, "layout": frame_of(request)})
