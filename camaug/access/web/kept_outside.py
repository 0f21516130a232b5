"""What a session keeps of a sign-in from outside, and what of it a sign-in here leaves."""

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

ASKED, SHOWN, PURPOSE = "outside_asked", "outside_shown", "outside_purpose"
ONWARD, TOKEN = "outside_onward", "outside_token"
ENTER, LINK, CONFIRM = "ENTER", "LINK", "CONFIRM"


def forget_shown(session: SessionBase) -> None:
    """What was shown has served."""
    for name in (SHOWN, PURPOSE, ONWARD):
        session.pop(name, None)


def leave_at_sign_in(session: SessionBase, *, onward: str, from_outside: bool) -> None:
    """Whoever signs in need not be who began at the provider before him, at the same keyboard.

    What was shown stays for whoever goes on to the page that asks what becomes of it, by the sign-in it offers.
    """
    session.pop(ASKED, None)
    if onward == reverse("access:outside_claim"):
        return
    forget_shown(session)
    if not from_outside:
        session.pop(TOKEN, None)
