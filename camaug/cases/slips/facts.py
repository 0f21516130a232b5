"""The facts of forms 01 to 05, read from the case when the form is issued; the caller stores the dictionary."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from camaug.cases.lifecycle import PaperState, PaymentState, RefundState
from camaug.cases.models import Case, PaymentKind, Supplement
from camaug.cases.slips.contents import Contents
from camaug.cases.slips.forms import (
    ApologyFacts,
    FeeLine,
    MissingLine,
    PaperLine,
    ReceiptFacts,
    RefusalFacts,
    Sender,
    StopNoticeFacts,
    SupplementFacts,
)
from camaug.cases.slips.offices import agency_name, office
from camaug.catalogue.definition.fees import FeeItem
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL


def receipt_facts(
    case: Case, there: Contents, *, by: Actor, at: datetime, items: Sequence[FeeItem] | None = None
) -> dict[str, Any]:
    """Form 01, for a case whose clock was just started; `items` are its fees where they were just counted."""
    made = definition(case.version_id)
    received = (case.received_at or at).astimezone(LOCAL).date()
    limit = made.limit_for(Channel(case.channel), received, case.answers)
    owed, paid, numbers = _money(there, items)
    return ReceiptFacts(
        **shared(case, made, by=by, at=at, number=case.code or ""),
        papers=_papers(made, there),
        sets=made.sets,
        limit=limit.amount,
        limit_unit=limit.unit,
        received_at=case.received_at or at,
        due_at=case.due_at,
        fees=owed,
        paid=paid,
        receipt_numbers=numbers,
        delivery_way=case.delivery_way,
        delivery_address=case.delivery_address,
        competent=agency_name(case.competent_agency_id, at),
        book=str(at.astimezone(LOCAL).year),
        ordinal=ordinal_of(case),
    ).to_json()


def supplement_facts(case: Case, supplement: Supplement, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Form 02: everything missing, once; numbered `…/HDHS`."""
    head = shared(case, definition(case.version_id), by=by, at=at, number=f"{ordinal_of(case)}/HDHS")
    return SupplementFacts(
        **head,
        items=tuple(MissingLine(name=item["name"], reason=item.get("reason", "")) for item in supplement.items),
        reason=supplement.reason,
        contact=by.name,
        contact_phone=head["office"].phone,
    ).to_json()


def refusal_facts(case: Case, *, reason: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Form 03, with concrete reasons."""
    head = shared(case, definition(case.version_id), by=by, at=at, number=f"{ordinal_of(case)}/TCTN")
    return RefusalFacts(**head, reason=reason).to_json()


def apology_facts(case: Case, *, reason: str, new_due_at: datetime, by: Actor, at: datetime) -> dict[str, Any]:
    """Form 04, for a received case with a due time, as the head signs it; numbered `…/PXL`."""
    promised = case.due_at or case.original_due_at
    if case.received_at is None or promised is None:
        raise ValueError(f"{case.code}: nothing was promised")
    return ApologyFacts(
        **shared(case, definition(case.version_id), by=by, at=at, number=f"{ordinal_of(case)}/PXL", competent=True),
        received_at=case.received_at,
        promised_at=promised,
        reason=reason,
        new_due_at=new_due_at,
    ).to_json()


def stop_notice_facts(case: Case, *, ground: str, refund: int | None, by: Actor, at: datetime) -> dict[str, Any]:
    """Form 05: stopped on `ground`, which may have lines; `refund` in đồng of what had been paid; numbered `…/TB`."""
    return StopNoticeFacts(
        **shared(case, definition(case.version_id), by=by, at=at, number=f"{ordinal_of(case)}/TB"),
        received_at=case.received_at,
        ground=ground,
        stopped_at=at,
        paid=sum(p.amount for p in case.payments.filter(state=PaymentState.PAID, kind=PaymentKind.FEE))
        - sum(back.amount for back in case.refunds.filter(state=RefundState.PAID_BACK)),
        refund=refund,
    ).to_json()


def shared(
    case: Case, made: Definition, *, by: Actor, at: datetime, number: str, competent: bool = False
) -> dict[str, Any]:
    """What every form says; issued by the receiving agency, or by the competent one."""
    agency_id = case.competent_agency_id if competent else case.receiving_agency_id
    if agency_id is None:
        raise ValueError(f"case {case.pk} has no agency yet")
    return {
        "office": office(agency_id, at),
        "code": case.code or "",
        "number": number,
        "issued_at": at.astimezone(LOCAL),
        "sender": sender_of(case),
        "procedure": made.name,
        "officer": by.name,
        "officer_title": by.post.title if by.post else "",
    }


def sender_of(case: Case) -> Sender:
    """The applicant as the case has him."""
    return Sender(
        name=case.applicant_name,
        number=case.applicant_number,
        address=case.applicant_address,
        phone=case.applicant_phone,
        email=case.applicant_email,
        authorised=case.authorised_name,
    )


def ordinal_of(case: Case) -> str:
    """The code without its agency, `YYMMDD-NNNN`: unique and in order within the receiving agency."""
    return "-".join((case.code or "").split("-")[-2:])


def _papers(made: Definition, contents: Contents) -> tuple[PaperLine, ...]:
    """The papers that are there, in the procedure's order."""
    files = contents.files
    known = {paper.id: paper.name for paper in made.papers}
    order = list(known)
    there = [p for p in contents.papers if p.state != PaperState.MISSING]
    there.sort(key=lambda paper: order.index(paper.paper) if paper.paper in known else len(order))
    return tuple(
        PaperLine(
            name=known.get(paper.paper, paper.paper),
            originals=paper.originals,
            copies=paper.copies,
            files=files.get(paper.paper, (0, 0))[0],
            pages=files.get(paper.paper, (0, 0))[1],
            source=paper.source,
        )
        for paper in there
    )


def _money(contents: Contents, counted: Sequence[FeeItem] | None) -> tuple[tuple[FeeLine, ...], int, tuple[str, ...]]:
    """What is owed by item, as counted or as it was asked for; what was paid; the receipts' numbers."""
    if counted is None:
        asked = (item for payment in contents.payments for item in payment.items)
        lines = tuple(FeeLine(name=i["name"], amount=i["amount"], waiver=i.get("waiver", "")) for i in asked)
    else:
        lines = tuple(FeeLine(name=item.name, amount=item.amount, waiver=item.waiver) for item in counted)
    paid = [payment for payment in contents.payments if payment.state == PaymentState.PAID]
    return lines, sum(p.amount for p in paid), tuple(p.receipt_number for p in paid if p.receipt_number)
