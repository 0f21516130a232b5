import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.people.actions.agency_facts import checked_facts
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.events import AgencyFounded
from camaug.people.models import Agency, AgencyTerm
from camaug.people.policy import ADMINISTER
from camaug.people.queries.directory import directory

CODE = re.compile(r"[0-9A-Z]+(\.[0-9A-Z]+)*")


class CodeMalformed(DomainError):
    """Not an identity code as QĐ 20/2020/QĐ-TTg writes it."""

    sentence = _("“{code}” is not an identity code: capital letters and digits in parts divided by dots, at most 35.")


class CodeTaken(DomainError):
    """Another agency bears the code; codes are never given twice."""

    sentence = _("The identity code {code} already belongs to another agency.")


class ParentNotThere(DomainError):
    """The agency above does not exist on that day."""

    sentence = _("The agency above does not exist on that day.")


def found_agency(
    code: str,
    *,
    name: str,
    kind: str,
    level: str,
    parent_id: UUID | None,
    from_date: date,
    short_name: str = "",
    name_en: str = "",
    place_id: UUID | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    hours: str = "",
    code_is_placeholder: bool = False,
    by: Actor,
    at: datetime,
) -> Agency:
    """Enter an agency that exists from `from_date` on; `kind` and `level` are codes of the profile.

    Raises CodeMalformed, CodeTaken, ParentNotThere, InvalidInput (QĐ 20/2020/QĐ-TTg, as amended by QĐ 09/2025/QĐ-TTg).
    """
    ADMINISTER.check(by, None)
    check_code(code)
    facts = checked_facts(
        name=name,
        short_name=short_name,
        name_en=name_en,
        kind=kind,
        level=level,
        place_id=place_id,
        address=address,
        phone=phone,
        email=email,
        hours=hours,
    )
    if parent_id is not None and parent_id not in directory(from_date):
        raise ParentNotThere
    with transaction.atomic():
        agency, new = Agency.objects.get_or_create(
            code=code, defaults={"valid_from": from_date, "code_is_placeholder": code_is_placeholder}
        )
        if not new:
            raise CodeTaken(code=code)
        AgencyTerm.objects.create(agency=agency, valid_from=from_date, parent_id=parent_id, **facts)
        renew_directory()
        founded = AgencyFounded(
            subject=agency.id, code=code, agency_name=facts["name"], parent=parent_id, from_date=from_date
        )
        record(founded, by=by, at=at)
    return agency


def check_code(code: str) -> None:
    """Raise CodeMalformed where the text is no identity code."""
    if len(code) > 35 or not CODE.fullmatch(code):
        raise CodeMalformed(code=code[:40])
