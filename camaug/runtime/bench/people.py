"""Sessions for those who ask: made in the database as signing in makes them."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import get_token
from django.test import RequestFactory

from camaug.access.models import Account, OpenSession
from camaug.kernel.clock import now


def token() -> str:
    """A token against forged forms, for the cookie and the form alike."""
    request = RequestFactory().get("/")
    get_token(request)
    return str(request.META["CSRF_COOKIE"])


def signed_in(account: Account, forms: str = "") -> str:
    """The cookies of one who has signed in; `forms` is the token of his forms."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    at = now()
    OpenSession.objects.create(
        account=account, session_key=str(session.session_key), origin="", agent="bench", opened_at=at, seen_at=at
    )
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return f"{cookies}; {settings.CSRF_COOKIE_NAME}={forms}" if forms else cookies
