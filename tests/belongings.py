"""What the cast own, for tests that try every door: drafts, cases under way, a finished one, another commune's."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from camaug.access import demo
from camaug.access.actions.ask_for_invitations import ask_for_invitations
from camaug.access.actions.carry_round import carry_round
from camaug.access.actions.invite import invite
from camaug.access.actions.open_reviews import open_reviews
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.invitations import HANDED_OVER, link_of
from camaug.access.models import AccessReview, Account
from camaug.access.queries import factors_of
from camaug.access.totp import code_at, step_of
from camaug.audit.queries import latest_heads
from camaug.audit.shelf import WIDTH
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.order_collection import order_collection
from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.actions.rate import rate
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.actions.start import start
from camaug.cases.actions.start_batch import Order, start_batch
from camaug.cases.actions.work_batch import finish_batch, work_item
from camaug.cases.models import BatchItem, Case, Slip
from camaug.catalogue.actions.copy_version import copy_version
from camaug.catalogue.models import ProcedureDraft
from camaug.catalogue.queries import current
from camaug.gateway.actions.ship import ship
from camaug.gateway.models import Shipment
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.kernel.pages import door_of
from camaug.kernel.patience import patiently, troubles
from camaug.notify.models import Message
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.register_business import register_business
from camaug.people.actions.send_table import send_table
from camaug.people.models import Position
from camaug.people.queries import relations_of
from camaug.postal.actions.order import Party
from camaug.postal.models import Order as Leg
from camaug.queue.actions.book import Wish, book
from camaug.queue.actions.take_number import take_number
from camaug.queue.models import Appointment
from camaug.queue.queries import days
from camaug.signon.actions.register_system import register_system
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.models import System
from camaug.worktime.models import DayOff
from tests.applications import BIRTH, carry, copy_intake, photo, send_birth, shop_intake
from tests.helping import ask_to_help, begin_for_another, let_help, send_for_another
from tests.representing import prove
from tests.urls import Url
from tests.urls_samples import SAMPLES, SOME_CODE, SOME_ID
from tests.visitors import Visitor
from tests.world import AT, COMMUNE, OTHER_COMMUNE, PROVINCE, World

PLACEHOLDERS = {SOME_CODE, SOME_ID}


@dataclass(frozen=True)
class Belonging:
    """A case with real values for the parameters of pages about it."""

    key: str
    case: Case
    values: Mapping[str, object]

    def fill(self, sample: Mapping[str, object]) -> dict[str, object]:
        """The sample with real objects in place of SOME_ID and SOME_CODE; KeyError for a parameter not known here."""
        return {name: self.values[name] if value in PLACEHOLDERS else value for name, value in sample.items()}


@dataclass(frozen=True)
class Look:
    """Somebody who may see a case."""

    visitor: Visitor
    case: Belonging


def looks(everybody: Iterable[Visitor], cases: Collection[Belonging]) -> list[Look]:
    """Each with each case that he may see; first those whose turn it is, since most pages about a case are theirs."""
    keys, whose_turn, others = [one.case.pk for one in cases], [], []
    for visitor in everybody:
        visible = Case.objects.visible_to(visitor.actor).filter(pk__in=keys)
        seen = set(visible.values_list("pk", flat=True))
        held = set(visible.held_by(visitor.actor).values_list("pk", flat=True))
        for case in cases:
            if case.case.pk in seen:
                (whose_turn if case.case.pk in held else others).append(Look(visitor, case))
    return whose_turn + others


def tries(
    url: Url, everybody: Iterable[Visitor], seen: Iterable[Look], office: Mapping[str, object]
) -> Iterator[tuple[Visitor, str]]:
    """Whom to let look at a page, and where: those whom its door lets in, with the cases that they see."""
    door, sample = door_of(url.view), SAMPLES.get(url.name, {})
    assert door
    if names_a_case(sample):
        yield from ((one.visitor, url.path(one.case.fill(sample))) for one in seen if door.admits(one.visitor.actor))
        return
    path = url.path({name: office.get(name, value) for name, value in sample.items()})
    yield from ((visitor, path) for visitor in everybody if door.admits(visitor.actor))


def _represented(world: World) -> dict[str, object]:
    """An organisation, and who is proven to represent it: of the mother."""
    firm = register_business("Công ty TNHH Đất Mũi", tax_code="0100109106", by=SYSTEM, at=AT)
    own = relations_of(world.citizen("mother"), at=AT)
    relation = own[0].id if own else prove(firm.id, _person(world, "mother"), at=AT).pk
    return {"business_id": firm.id, "relation_id": relation, "relation": relation}


def _told(world: World) -> UUID:
    """A message to the national portal about the mother's case."""
    row = EventRecord.objects.filter(name="cases.CaseSubmitted", subject_id=send_birth(world).id).get()
    ship([row])
    return Shipment.objects.get(event_id=row.id).id


def _failed() -> UUID:
    """Work that the worker has failed at."""
    patiently("people.carry_import", lambda: 1 // 0, about=str(SOME_ID))
    return next(one.id for one in troubles() if one.about == str(SOME_ID))


def _registered(world: World) -> UUID:
    """A system that lets officers in by us."""
    facts = SystemFacts(
        name="Họp không giấy",
        words="Tài liệu, điểm danh và biểu quyết của các cuộc họp",
        owner_id=world.agencies[PROVINCE],
        contact="hop@camau.gov.vn",
        audience="STAFF",
        authentication="client_secret_basic",
        scopes=("openid", "profile", "post"),
        redirect_uris=("https://hop.example/dang-nhap/xong",),
        home_uri="https://hop.example/",
    )
    found = System.objects.filter(name=facts.name).first()
    return (found or register_system(facts, by=world.officer("administrator"), at=AT).system).id


def _invited(world: World) -> str:
    """The last part of a link by which an officer chooses his password."""
    at = now()
    made = invite(world.officers["registrar"], by_mail=False, until=at + HANDED_OVER, by=SYSTEM, at=at)
    return link_of(made.id).split("/")[2]


def _review(world: World) -> UUID:
    """A review of roles that waits."""
    open_reviews(by=SYSTEM, at=now())
    return AccessReview.objects.get(agency_id=world.agencies[COMMUNE], finished_at=None).id


def _round(world: World) -> UUID:
    """A round of invitations that is done."""
    addresses, by = ["khong-co-ai@camau.gov.vn"], world.officer("administrator")
    asked = ask_for_invitations(uuid7(), agency_id=None, addresses=addresses, again=False, by=by, at=AT)
    carry_round(asked.id, at=AT)
    return asked.id


def _factor(account_id: UUID) -> UUID:
    """A second factor of the account."""
    if not factors_of(account_id).all:
        digits = code_at(demo.TOTP_SECRET, step_of(now()))
        set_up_totp(account_id, secret=demo.TOTP_SECRET, digits=digits, by=SYSTEM, at=now())
    return factors_of(account_id).all[0].id


def of_the_office(world: World) -> dict[str, object]:
    """Real values for the parameters of the administrators' pages; what is not there yet is made."""
    administrator = world.officer("administrator")
    clerk = Account.objects.get(pk=world.officers["clerk"]).officer_id
    position = Position.objects.filter(officer_id=clerk).latest("valid_from")
    head = "Thư điện tử công vụ;Họ và tên\nmot@camau.gov.vn;"
    for name in ("Một Người", ""):
        run = send_table("OFFICERS", (head + name).encode(), file_name="a.csv", language="vi", by=administrator, at=AT)
        carry_import(run.id, progress=lambda _done, _total: None, at=AT)
    begun = current("dang-ky-khai-sinh", AT.date())
    if begun.code not in {draft.procedure.code for draft in ProcedureDraft.objects.select_related("procedure")}:
        copy_version(begun.id, by=administrator, at=AT)
    return {
        **of_the_hall(world),
        **of_the_history(),
        "agency_id": position.agency_id,
        "officer_id": clerk,
        "position_id": position.id,
        "run_id": run.id,
        "token": _invited(world),
        "round_id": _round(world),
        "review_id": _review(world),
        "factor_id": _factor(world.officers["administrator"]),
        "shipment_id": _told(world),
        "trouble_id": _failed(),
        "system_id": _registered(world),
        "mandate": ask_to_help(world, at=now()).id,
        **_represented(world),
        "day_id": DayOff.objects.filter(withdrawn_at=None).latest("date").id,
    }


def of_the_history() -> dict[str, object]:
    """The newest head, where something is sealed, the first tile, and the code on a paper that was printed."""
    head = next(iter(latest_heads(1)), None)
    size = head.size if head else 1
    paper = Slip.objects.filter(proof_code__isnull=False).values_list("proof_code", flat=True).first()
    return {
        "leaves": size,
        "tile": "000" if size >= WIDTH else f"000.p/{size}",
        "paper_code": paper or "no-such-paper",
    }


def of_the_hall(world: World) -> dict[str, object]:
    """An appointment to come and a number in the waiting hall of the commune."""
    hall, at = world.agencies[COMMUNE], now()
    slot_at = days(hall, "A", at=at)[1].times[0].at
    wish = Wish("A", slot_at, name="Nguyễn Thị Lan", phone="+84918000123", procedure="dang-ky-khai-sinh")
    made = Appointment.objects.filter(phone=wish.phone).first() or book(hall, wish, by=ANONYMOUS, at=at)
    ticket = take_number(hall, letter="A", by=ANONYMOUS, at=AT)
    return {"appointment": made.code, "ticket": ticket.code}


def names_a_case(sample: Mapping[str, object]) -> bool:
    """Whether the page is about one case."""
    return bool({"case", "batch"} & set(sample)) or sample.get("code") == SOME_CODE


def belongings(world: World) -> tuple[Belonging, ...]:
    """All of them, built through real actions."""
    mother = world.citizen("mother")
    draft = start("dang-ky-khai-sinh", by=mother, at=AT)
    save(draft.id, Changes(answers=BIRTH), by=mother, at=AT)
    add_file(draft.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=AT)
    shop = register(
        shop_intake(world, applicant=_person(world, "shopkeeper")), by=world.officer("district_clerk"), at=AT
    )
    elsewhere = copy_intake(world, receiving_agency=world.agencies[OTHER_COMMUNE], applicant=_person(world, "student"))
    copies = register(elsewhere, by=world.officer("other_clerk"), at=AT)
    cases = {
        "draft": draft,
        "helped_draft": begin_for_another(world, let_help(world, at=now())),
        "helped": _helped(world),
        "sent": _fetched(world),
        "asked": _asked(world),
        "to_agree": _shown(world),
        "overpaid": _overpaid(world),
        "proposed": carry(world, send_birth(world), to="APPROVE"),
        "finished": carry(world, send_birth(world), to="RETURN"),
        "rated": _rated(world),
        "shop": shop,
        "copies": copies,
    }
    print_all(world, cases["finished"])
    return tuple(Belonging(key, case, values_of(case)) for key, case in cases.items())


def _helped(world: World) -> Case:
    """Of somebody who is helped: sent by the helper, and asked to supplement."""
    case = send_for_another(world, let_help(world, at=now()))
    item = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ.")
    return request_supplement(case.id, [item], reason=item.reason, by=world.officer("clerk"), at=AT)


def _fetched(world: World) -> Case:
    """Sent, with papers that the post is asked to fetch."""
    case = send_birth(world)
    home = Party("Nguyễn Thị Lan", "+84918000123", "Ấp Dinh Củ, xã Tân Ân, tỉnh Cà Mau")
    order_collection(case.id, home, by=world.citizen("mother"), at=AT)
    return case


def _rated(world: World) -> Case:
    """Handed out, and rated with words that a head may hide."""
    case = carry(world, send_birth(world), to="RETURN")
    taken = Receiver("Nguyễn Thị Lan")
    case = hand_out(case.id, taken, by=world.officer("clerk"), at=AT, seen=case.revision)
    rate(case.id, "SATISFIED", words="Cảm ơn các anh chị.", by=world.citizen("mother"), at=AT)
    return case


def print_all(world: World, case: Case) -> None:
    """A batch of the clerk's that printed the case's result."""
    order = Order(request_key=uuid7(), move="print", cases=((case.id, case.revision),), words={"what": "RESULT"})
    started = start_batch(order, by=world.officer("clerk"), at=AT)
    while work_item(started.id, by=SYSTEM, at=AT):
        pass
    finish_batch(started.id, by=SYSTEM, at=AT)


def _asked(world: World) -> Case:
    item = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ, không đọc được ngày sinh.")
    return request_supplement(send_birth(world).id, [item], reason=item.reason, by=world.officer("clerk"), at=AT)


def _shown(world: World) -> Case:
    """With a draft that the mother is to agree to."""
    case = carry(world, send_birth(world), to="EXAMINE", agreed=False)
    return show_draft(case.id, by=world.officer("specialist"), at=AT)


def _overpaid(world: World) -> Case:
    """Denied after the copies were paid, so that the money goes back."""
    case = carry(world, send_birth(world), to="APPROVE")
    return deny(case.id, reason="Thiếu căn cứ.", by=world.officer("chairman"), at=AT)


def message_to(account_id: UUID) -> Message:
    """A message that only this account may read."""
    return Message.objects.create(
        fact_id=uuid7(),
        notice="CASE_SUBMITTED",
        recipient=str(account_id),
        account_id=account_id,
        language="vi",
        title="Đã nộp hồ sơ",
        body="Hồ sơ đã đến bộ phận một cửa.",
        sms="Da nop ho so",
        created_at=AT,
    )


def values_of(case: Case) -> dict[str, object]:
    """Real values for the parameters of pages about the case; its slip and its result are printed."""
    case.refresh_from_db()
    item = BatchItem.objects.filter(case=case).first()
    leg = Leg.objects.filter(subject_id=case.id).first()
    file, slip, result = case.files.first(), case.slips.first(), case.results.first()
    draft = case.drafts.first()
    if slip:
        print_slip(slip.id, by=SYSTEM, at=AT)
    if result:
        print_result(result.id, by=SYSTEM, at=AT)
    return {
        "batch": item.batch_id if item else SOME_ID,
        "case": case.id,
        "code": case.code or SOME_CODE,
        "draft": draft.id if draft else SOME_ID,
        "file": file.id if file else SOME_ID,
        "leg": leg.id if leg else SOME_ID,
        "slip": slip.id if slip else SOME_ID,
        "result": result.id if result else SOME_ID,
    }


def _person(world: World, key: str) -> UUID:
    person = Account.objects.get(pk=world.citizens[key]).person_id
    assert person
    return person
