"""Tells a person what somebody else may do and does for him: by his own ways, not those of the application."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from camaug.access.queries import account_of, known_contacts
from camaug.behalf.events import ActedForAnother, MandateConfirmed, MandateEnded
from camaug.behalf.queries import MandateView, mandate
from camaug.cases.notices import HELPER_SENT, MANDATE_BEGAN, MANDATE_ENDED
from camaug.catalogue.queries import by_codes
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice, Said
from camaug.people.queries import person

_SENT = frozenset({"submit", "supplement"})


@subscribe("cases.tell_of_helpers", to=[ActedForAnother.name, MandateConfirmed.name, MandateEnded.name])
def tell_of_helpers(rows: Sequence[EventRecord]) -> None:
    """That a mandate began or ended, and each time that something was sent under it."""
    for row in rows:
        given = mandate(row.subject_id, at=row.at)
        if given.person_id is None:
            continue
        if row.name == MandateConfirmed.name:
            _tell(given, given.person_id, row, MANDATE_BEGAN, {"until": given.until_at})
        elif row.name == MandateEnded.name:
            _tell(given, given.person_id, row, MANDATE_ENDED, {})
        elif row.facts["what"] in _SENT:
            _tell(given, given.person_id, row, HELPER_SENT, _about(row))


def _about(row: EventRecord) -> dict[str, Said]:
    hit = next(iter(by_codes([row.facts["procedure"]], row.at.astimezone(LOCAL).date())), None)
    name: Said = {"vi": hit.plain_name, "en": hit.plain_name_en} if hit else row.facts["procedure"]
    return {"procedure": name, "code": row.facts["code"]}


def _tell(given: MandateView, who: UUID, row: EventRecord, notice: Notice, words: dict[str, Said]) -> None:
    account = account_of(who)
    phone, email = ("", "") if account else known_contacts(person(who))
    to = Recipient(account_id=account, phone=phone, email=email)
    tell(
        notice,
        fact=row.id,
        to=to,
        words={"helper": given.helper, **words},
        link=reverse("citizen:mandate", args=[given.id]) if account else "",
        subject_id=given.id,
        by=SYSTEM,
        at=row.at,
    )
