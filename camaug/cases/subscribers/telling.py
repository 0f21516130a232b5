"""How the applicant of a case is told something, by whichever way they can be reached."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from camaug.access.queries import account_of
from camaug.cases.models import Case
from camaug.catalogue.queries import definition
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import EventRecord
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice, Said
from camaug.people.queries import business, directory, representatives


def tell_applicant(case: Case, row: EventRecord, notice: Notice, words: dict[str, Said]) -> None:
    """Tell of the fact, with the words that every notice about a case may use."""
    made = definition(case.version_id)
    office = directory(row.at.astimezone(LOCAL).date()).get(_office_id(case))
    always: dict[str, Said] = {
        "code": case.code or "",
        "procedure": {"vi": made.plain_name, "en": made.plain_name_en},
        "office": {"vi": office.name, "en": office.name_en},
    }
    to = applicant_of(case, at=row.at)
    tell(
        notice,
        fact=row.id,
        to=to,
        words=always | words,
        link=reverse("citizen:my_case", args=[case.id]) if to.account_id else reverse("citizen:follow"),
        subject_id=case.id,
        by=SYSTEM,
        at=row.at,
    )


def _office_id(case: Case) -> UUID:
    if case.receiving_agency_id is None:
        raise ValueError("a case that something happened to has been sent to an agency")
    return case.receiving_agency_id


def applicant_of(case: Case, *, at: datetime) -> Recipient:
    """The account that sent it, else the applicant's own; reached as the application says.

    What an organisation is told goes to nobody who does not represent it any more: then to who does, else to itself.
    """
    account = case.account_id or (account_of(case.applicant_id) if case.applicant_id else None)
    if case.business_id:
        now = [found for one in representatives(case.business_id, at=at) if (found := account_of(one.person_id))]
        if account not in now:
            account = now[0] if now else None
            if case.account_id:
                firm = business(case.business_id)
                return Recipient(account_id=account, phone=firm.phone, email=firm.email)
    return Recipient(account_id=account, phone=case.applicant_phone, email=case.applicant_email)
