"""A code or refresh token that several bring at the same moment: it serves one, and then nothing that came of it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from camaug.kernel.models import EventRecord
from camaug.signon.models import Authorization, Token
from tests.integration.signon.conftest import Person, Relying, error
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def together(held: type[Authorization] | type[Token], ask: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """All have found the secret unused, and wait for its row, before the first one may use it."""

    def one(_hand: int) -> HttpResponse:
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as threads:
        with transaction.atomic():
            assert list(held.objects.select_for_update())
            asked = [threads.submit(one, hand) for hand in range(HANDS)]
            until(lambda: waiting() == HANDS or None, what="all hands at the row")
        return [each.result() for each in asked]


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return int(cursor.fetchone()[0])


def served_once(answers: list[HttpResponse], meetings: Relying) -> None:
    (served,) = [one for one in answers if one.status_code == 200]
    assert {error(one) for one in answers if one is not served} == {"invalid_grant"}
    given = json.loads(served.content)
    assert meetings.introspect(given["access_token"]) == {"active": False}
    assert error(meetings.refresh(given["refresh_token"])) == "invalid_grant"
    assert Authorization.objects.get().revoked_at is not None
    assert EventRecord.objects.filter(name="signon.SecretUsedTwice").count() >= 1


def test_a_code_serves_one_and_then_nothing_of_it(clerk: Person, meetings: Relying) -> None:
    code = clerk.enters(meetings)
    served_once(together(Authorization, lambda: meetings.redeem(code)), meetings)


def test_a_refresh_token_serves_one_and_then_nothing_of_it(clerk: Person, meetings: Relying) -> None:
    secret = clerk.tokens(meetings)["refresh_token"]
    served_once(together(Token, lambda: meetings.refresh(secret)), meetings)
