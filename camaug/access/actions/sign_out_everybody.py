from datetime import datetime

from django.db import connection, transaction

from camaug.access.actions.reopen_account import write_reason
from camaug.access.events import EverybodySignedOut
from camaug.access.models import DecisionKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record

_ENDS = """WITH ended AS (
    UPDATE django_session s SET session_key = replace(gen_random_uuid()::text, '-', ''), expire_date = %(at)s
    WHERE s.session_key <> %(kept)s AND s.expire_date > %(at)s RETURNING s.session_key
) SELECT count(*) FROM ended"""
"""Under a key that nobody has, so that no answer under way writes its session once more."""


def sign_out_everybody(*, but: str, reason: str, by: Actor, at: datetime) -> int:
    """End every session at once, also half a sign-in, but the one with the key `but`; how many ended.

    What hangs on them in other systems is ended by `end_expired`, which the worker calls, within five minutes. Tokens
    of programs, and what was given to work in absence, stay. Raises NotFound, WhyMissing.
    """
    ADMINISTER.check(by, None)
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        write_reason(by.account_id, DecisionKind.ALL_SIGNED_OUT, reason, by=by, at=at)
        with connection.cursor() as cursor:
            cursor.execute(_ENDS, {"at": at, "kept": but})
            (count,) = cursor.fetchone()
        record(EverybodySignedOut(subject=by.account_id, count=count), by=by, at=at)
    return int(count)
