"""The facts of a result, read from the case when it is published, and its PDF."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from camaug.cases.events import CaseDenied
from camaug.cases.models import Case, Note
from camaug.cases.printing import print_paper
from camaug.cases.results.allowance import allowance_decision
from camaug.cases.results.answers import Said, iso_day
from camaug.cases.results.building_permit import building_permit
from camaug.cases.results.criminal_record import criminal_record
from camaug.cases.results.facts import Sheet
from camaug.cases.results.land_certificate import land_certificate
from camaug.cases.results.marriage import marriage_certificate
from camaug.cases.results.newborn import insurance_notice, residence_notice
from camaug.cases.results.sayings import (
    SHEETS,
    BirthCertificate,
    BusinessCertificate,
    CertifiedCopy,
    Denial,
    Line,
    Member,
    OutcomeNotice,
    Parent,
    from_json,
)
from camaug.cases.results.worded import Worded, worded
from camaug.cases.slips.offices import full_name, office
from camaug.catalogue.definition.procedure import Result
from camaug.catalogue.queries import definition
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import EventRecord
from camaug.people.queries import PositionView, position, standing_in

DENIAL = "van-ban-tu-choi"
type Head = dict[str, Any]


def result_facts(case: Case, result: Result, *, number_text: str, signer: PositionView, on: date) -> dict[str, Any]:
    """What the result says, by its sheet; KeyError where the procedure names a sheet that does not exist."""
    head = _head(case, number_text, signer, on)
    if SHEETS[result.sheet] is Worded:
        return worded(case, result, head).to_json()
    said = Said(definition(case.version_id).form, case.answers)
    return _SAYINGS[result.sheet](case, said, head).to_json()


def denial_facts(case: Case, *, number_text: str, signer: PositionView, on: date) -> dict[str, Any]:
    """The letter that denies, with the reasons given with the decision."""
    received = case.received_at.astimezone(LOCAL).date() if case.received_at else None
    return Denial(
        **_head(case, number_text, signer, on),
        recipient=case.applicant_name,
        address=case.applicant_address,
        procedure=definition(case.version_id).name,
        received_date=received,
        reason=_reason(case),
    ).to_json()


def result_pdf(sheet: str, facts: Sheet | Mapping[str, Any], *, is_draft: bool = False) -> bytes:
    """The sheet as PDF, A4 (a certification of copies: A5). Same facts, same paper. `is_draft`: it says so."""
    said = facts if isinstance(facts, Sheet) else from_json(sheet, dict(facts))
    return print_paper(f"cases/sheets/{sheet}.html", {"f": said, "is_draft": is_draft})


def sheet_of(case: Case, result_id: str) -> str:
    """The sheet on which a result of that id is printed; the denial's where the procedure knows no such result."""
    made = definition(case.version_id)
    return next((result.sheet for result in made.results if result.id == result_id), DENIAL)


def signer_of(signed_by: UUID, signed_as: UUID | None) -> PositionView:
    """Who signed: the holder of the position, or the one who acted in it from an own position."""
    return standing_in(signed_by, signed_as) if signed_as else position(signed_by)


def signer_lines(title: str, own_title: str = "") -> tuple[str, ...]:
    """What stands above the signature: a deputy signs in the head's stead (KT.), another stand-in by authority given
    (TUQ.) under his own title (NĐ 30/2020 Appendix I II.7).
    """
    if own_title and own_title != title:
        stead = "KT." if own_title == f"Phó {title}" else "TUQ."
        return (f"{stead} {title.upper()}", own_title.upper())
    if title.startswith("Phó "):
        head = title.removeprefix("Phó ")
        return (f"KT. {head.upper()}", title.upper())
    return (title.upper(),)


def _head(case: Case, number_text: str, signer: PositionView, on: date) -> Head:
    return {
        "office": office(signer.agency_id, on),
        "case_code": case.code or "",
        "number": number_text,
        "signed_date": on,
        "signer": signer.officer_name,
        "signer_lines": signer_lines(signer.title, signer.own_title),
        "signer_title": signer.own_title or signer.title,
    }


def _birth(case: Case, said: Said, head: Head) -> Sheet:
    return BirthCertificate(
        **head,
        name=said.text("child_name").upper(),
        birth_date=said.day("child_birth_date"),
        sex=said.sex("child_sex"),
        ethnicity=said.text("child_ethnicity"),
        nationality=said.text("child_nationality"),
        birth_place=said.text("birth_place"),
        home_town=said.text("home_town"),
        mother=_parent(said, "mother"),
        father=_parent(said, "father"),
        requester=said.text("requester_name"),
        requester_paper=said.text("requester_number") or said.text("requester_paper_text"),
        registered_at=full_name(_agency(case), head["signed_date"]),
    )


def _parent(said: Said, which: str) -> Parent | None:
    name = said.text(f"{which}.full_name")
    if not name:
        return None
    born = said.day(f"{which}.birth_date")
    return Parent(
        name=name.upper(),
        birth=f"{born:%d/%m/%Y}" if born else said.text(f"{which}.birth_year"),
        ethnicity=said.text(f"{which}.ethnicity"),
        nationality=said.text(f"{which}.nationality"),
        residence=said.text(f"{which}.residence"),
        number=said.text(f"{which}.personal_number"),
    )


def _business(case: Case, said: Said, head: Head) -> Sheet:  # noqa: ARG001 (same shape as the others)
    owner_number = said.text("owner.personal_number")
    return BusinessCertificate(
        **head,
        business_code=owner_number,
        name=said.text("business_name").upper(),
        name_foreign=said.text("business_name_foreign"),
        name_short=said.text("business_name_short"),
        seat=said.text("seat"),
        phone=said.text("seat_phone"),
        email=said.text("seat_email"),
        website=said.text("seat_website"),
        lines=tuple(
            Line(name=str(row.get("name", "")), code=str(row.get("code") or ""), main=bool(row.get("main")))
            for row in said.rows("lines")
        ),
        capital=said.number("capital"),
        owner=said.text("owner.full_name").upper(),
        owner_sex=said.sex("owner.sex"),
        owner_birth_date=said.day("owner.birth_date"),
        owner_number=owner_number,
        founders=said.text("founders"),
        members=tuple(_member(row) for row in said.rows("members")),
    )


def _member(row: Mapping[str, Any]) -> Member:
    one = row.get("member", row)
    return Member(
        name=str(one.get("full_name", "")),
        birth_date=iso_day(one.get("birth_date")),
        number=str(one.get("personal_number") or ""),
    )


def _copy(case: Case, said: Said, head: Head) -> Sheet:
    year = head["signed_date"].year
    return CertifiedCopy(
        **head,
        document=said.text("document_name"),
        pages=said.number("original_pages"),
        copies=said.number("copies"),
        requester=said.text("requester_name") or case.applicant_name,
        book=f"01/{year}",
    )


def _notice(case: Case, said: Said, head: Head) -> Sheet:  # noqa: ARG001 (same shape as the others)
    made = definition(case.version_id)
    return OutcomeNotice(
        **head,
        recipient=case.applicant_name,
        address=case.applicant_address,
        procedure=made.plain_name,
        received_date=case.received_at.astimezone(LOCAL).date() if case.received_at else None,
        paper=made.results[0].name,
    )


_SAYINGS: dict[str, Callable[[Case, Said, Head], Sheet]] = {
    "giay-khai-sinh": _birth,
    "giay-chung-nhan-ho-kinh-doanh": _business,
    "ban-sao-chung-thuc": _copy,
    "phieu-ly-lich-tu-phap": criminal_record,
    "giay-phep-xay-dung": building_permit,
    "quyet-dinh-tro-cap": allowance_decision,
    "giay-chung-nhan-dat": land_certificate,
    "thong-bao-cu-tru": residence_notice,
    "the-bao-hiem-y-te": insurance_notice,
    "thong-bao-ket-qua": _notice,
    "giay-chung-nhan-ket-hon": marriage_certificate,
}


def _agency(case: Case) -> UUID:
    if case.competent_agency_id is None:
        raise ValueError(f"case {case.pk} has no competent agency yet")
    return case.competent_agency_id


def _reason(case: Case) -> str:
    """The words of the decision; they lie in a note, since they can be erased."""
    denied = EventRecord.objects.filter(subject_id=case.pk, name=CaseDenied.name).order_by("-id").first()
    note = Note.objects.filter(pk=denied.facts["note"]).first() if denied else None
    return note.text if note else ""
