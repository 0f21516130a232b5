"""Who calls the API by a token that a system got when somebody signed in to it."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from camaug.access.queries import owes_password, reaches
from camaug.kernel.problems import TWO_FACTORS, NotSignedIn
from camaug.kernel.rest import Caller
from camaug.signon.models import TokenKind
from camaug.signon.queries.opening import opened_by
from camaug.signon.scopes import API_SCOPES


def caller_by_access_token(secret: str, *, at: datetime, origin: str) -> Caller:
    """Who acts by it, within its scopes for the API; NotSignedIn where it opens nothing there (any more).

    It is as fresh as the sign-in that it came of: refreshing it shows nothing.
    """
    opened = opened_by(secret, at=at)
    held = frozenset(API_SCOPES[scope] for scope in opened.scopes if scope in API_SCOPES) if opened else frozenset()
    if opened is None or opened.kind != TokenKind.ACCESS or not held:
        raise NotSignedIn
    actor = replace(opened.actor, origin=origin)
    if not reaches(opened.level, actor) or owes_password(actor, at=at):
        raise NotSignedIn
    return Caller(
        actor,
        str(opened.account_id),
        held,
        settings.API_CALLS_A_MINUTE,
        two_factors=opened.level in TWO_FACTORS,
        shown_at=opened.authenticated_at,
    )
