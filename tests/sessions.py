"""Browsers signed in without the sign-in pages, as if their owner had just shown all that his kind must show."""

from datetime import timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db.models import F
from django.http import HttpRequest
from django.test import Client

from camaug.access.authentication import Method, note_proof
from camaug.access.models import IN_OFFICE, Account, AccountKind, OpenSession

SHOWN = {**dict.fromkeys(IN_OFFICE, (Method.PASSWORD, Method.TOTP)), AccountKind.CITIZEN: (Method.CODE,)}


def enter(client: Client, account: Account, *, ago: timedelta = timedelta(), shown: tuple[Method, ...] = ()) -> None:
    """Sign the account in; `ago`: how long before it showed who it is; `shown`: by what, where that matters."""
    client.force_login(account)
    request = HttpRequest()
    request.session, request.user = client.session, account
    for method in shown or SHOWN[AccountKind(account.kind)]:
        note_proof(request, account, method)
    request.session.save()
    leave_alone(client, ago)


def leave_alone(client: Client, how_long: timedelta) -> None:
    """Nobody has done anything there for so long: whatever the session and its row say was then."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= how_long.total_seconds()
    session.save()
    OpenSession.objects.filter(session_key=session.session_key).update(seen_at=F("seen_at") - how_long)
