"""Sign-ons whose owner may not enter the system any more: his post has ended, or the system opens to others now.

`tokens.may_still_enter` says the same of one.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.access.queries import a_citizen, an_officer
from camaug.kernel.prepared import asked
from camaug.people.queries import AT_WORK, instant, officer_at_work
from camaug.signon.policy import ENTER, Entrance

_AT_ONCE = 500
_RUNNING = f"""SELECT e.id, a.id, s.audience, s.roles, s.closed_at IS NULL AND a.is_active, a.officer_id, a.person_id,
    {AT_WORK}
FROM signon_signon e
JOIN signon_system s ON s.id = e.system_id
JOIN access_account a ON a.id = e.account_id
LEFT JOIN people_officer o ON o.id = a.officer_id
WHERE e.ended_at IS NULL AND e.id > %(after)s::uuid
ORDER BY e.id LIMIT {_AT_ONCE}"""  # noqa: S608 (our own columns)


def lost(*, at: datetime) -> Iterator[tuple[UUID, UUID]]:
    """Account and sign-on of each one that runs and may not, a few hundred looked at by one statement."""
    after = UUID(int=0)
    while rows := asked(_RUNNING, {"after": after, **instant(at)}):
        after = rows[-1][0]
        yield from (
            (account_id, sign_on_id) for sign_on_id, account_id, *row in rows if not _may_enter(account_id, row, at)
        )


def _may_enter(account_id: UUID, row: Sequence[Any], at: datetime) -> bool:
    audience, roles, is_open, officer_id, person_id, *columns = row
    if officer_id is None:
        actor = a_citizen(account_id, person_id, "", origin="", by_word=False)
    else:
        actor = an_officer(account_id, officer_at_work(columns, at=at), origin="")
    return is_open and ENTER.allows(actor, Entrance(audience, frozenset(roles)))
