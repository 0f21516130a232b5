"""Many officers are invited at once: by agency or by list, resumed after a death, nobody twice."""

import html
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.ask_for_invitations import NobodyMeant, ask_for_invitations
from camaug.access.actions.carry_round import REST, carry_round
from camaug.access.actions.withdraw_invitations import withdraw_invitation, withdraw_round
from camaug.access.models import Account, Invitation, InvitationRound
from camaug.access.queries.standings import ROWS, Standing, rounds_to_do, stand_page
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.notify.actions.deliver_due import deliver_due
from camaug.notify.loading import load_profile
from camaug.notify.models import Delivery, DeliveryState, Message, TrayMessage
from camaug.people.queries import officers_under
from tests.desks import desk_of, look_for
from tests.world import AT, COMMUNE, DISTRICT, World

CLERK, PASSWORD = "tanan_tranthiminh@camau.gov.vn", "một câu chỉ mình tôi nói 7"
PAGE = "/desk/administration/accounts/"


@pytest.fixture
def world(world: World) -> World:
    load_profile(site.PROFILE, at=AT, progress=lambda _done, _total: None)
    return world


def ask(world: World, *, code: str = "", addresses: tuple[str, ...] = (), again: bool = False, at: object = AT) -> UUID:
    agency = world.agencies[code] if code else None
    by = world.officer("administrator")
    return ask_for_invitations(uuid7(), agency_id=agency, addresses=addresses, again=again, by=by, at=at).id  # type: ignore[arg-type]


def carry(round_id: UUID, *, at: object = AT, batch: int = 200) -> InvitationRound:
    while carry_round(round_id, at=at, batch=batch):  # type: ignore[arg-type]
        pass
    return InvitationRound.objects.get(pk=round_id)


def hear(name: str) -> None:
    """What the worker's dispatcher does."""
    for one in subscribers():
        if one.name.startswith("notify.") and name in one.to:
            one.react(list(EventRecord.objects.filter(name=name).order_by("id")))


def invited() -> set[str]:
    return {one for one in Invitation.objects.open().values_list("account__email", flat=True) if one}


def test_an_agency_means_all_below_it_and_nobody_else(world: World) -> None:
    done = carry(ask(world, code=DISTRICT), batch=7)
    under = officers_under(world.agencies[DISTRICT], at=AT)
    assert done.invited == done.done == done.total == len(under)
    assert set(Invitation.objects.values_list("account__officer_id", flat=True)) == under
    commune = officers_under(world.agencies[COMMUNE], at=AT)
    assert commune < under < officers_under(None, at=AT)


def test_a_list_means_those_who_are_there_and_says_who_is_not(world: World) -> None:
    done = carry(ask(world, addresses=(f" {CLERK.upper()} ", CLERK, "khong-co-ai@camau.gov.vn", f"{'a' * 300}@b.vn")))
    assert (done.invited, invited()) == (1, {CLERK})
    assert done.unknown[-1] == "khong-co-ai@camau.gov.vn"


def test_who_has_a_password_or_a_closed_account_gets_no_letter(world: World) -> None:
    activate_officer(CLERK, password=PASSWORD, by=SYSTEM, at=AT)
    Account.objects.filter(pk=world.officers["specialist"]).update(is_active=False)
    carry(ask(world, code=COMMUNE))
    specialist = Account.objects.get(pk=world.officers["specialist"]).email
    assert not {CLERK, specialist} & invited()


def test_asked_twice_nobody_gets_two_letters(world: World) -> None:
    first = carry(ask(world, code=COMMUNE))
    second = carry(ask(world, code=DISTRICT))
    assert first.invited + second.invited == second.total == Invitation.objects.count()
    again = carry(ask(world, code=DISTRICT, again=True))
    assert (again.invited, Invitation.objects.count()) == (0, second.total)


def test_the_same_request_sent_twice_is_one_round(world: World) -> None:
    one, by = uuid7(), world.officer("administrator")
    for _ in range(2):
        ask_for_invitations(one, agency_id=world.agencies[COMMUNE], addresses=(), again=False, by=by, at=AT)
    assert InvitationRound.objects.count() == EventRecord.objects.filter(name="access.InvitationsAsked").count() == 1


def test_again_writes_to_those_who_have_not_answered_and_ends_their_earlier_link(world: World) -> None:
    carry(ask(world, addresses=(CLERK,)))
    later = AT + REST + timedelta(minutes=1)
    assert carry(ask(world, addresses=(CLERK,), at=later), at=later).invited == 0
    assert carry(ask(world, addresses=(CLERK,), again=True, at=later), at=later).invited == 1
    assert (Invitation.objects.open().count(), Invitation.objects.count()) == (1, 2)


def test_who_let_the_link_expire_is_written_to_without_being_named_again(world: World) -> None:
    carry(ask(world, addresses=(CLERK,)))
    later = AT + timedelta(days=15)
    assert carry(ask(world, addresses=(CLERK,), at=later), at=later).invited == 1


class Killed(Exception):
    """The worker's process ended."""


def die_after_a_batch(round_id: UUID) -> None:
    """Before anything of it was committed."""
    with transaction.atomic():
        carry_round(round_id, at=AT, batch=3)
        raise Killed


def test_killed_half_way_it_goes_on_where_it_was(world: World) -> None:
    round_id = ask(world, code=DISTRICT)
    assert carry_round(round_id, at=AT, batch=3)
    with pytest.raises(Killed):
        die_after_a_batch(round_id)
    assert (InvitationRound.objects.get(pk=round_id).done, Invitation.objects.count()) == (3, 3)
    assert rounds_to_do() == (round_id,)
    done = carry(round_id, batch=3)
    assert done.total == Invitation.objects.count() == EventRecord.objects.filter(name="access.OfficerInvited").count()
    assert (carry_round(round_id, at=AT), rounds_to_do()) == (False, ())


def test_the_letter_brings_a_link_that_lies_in_no_table_before_it_is_sent(world: World) -> None:
    carry(ask(world, addresses=(CLERK,)))
    hear("access.OfficerInvited")
    hear("access.OfficerInvited")
    message = Message.objects.get(notice="OFFICER_INVITED")
    assert (message.email, message.link, "/invitation/" in message.body) == (CLERK, "", False)
    deliver_due(by=SYSTEM, at=AT)
    assert "/invitation/" in TrayMessage.objects.get(contact=CLERK).text


def test_a_letter_that_is_withdrawn_before_it_left_stays_here(world: World) -> None:
    carry(ask(world, addresses=(CLERK,)))
    hear("access.OfficerInvited")
    withdraw_invitation(world.officers["clerk"], by=world.officer("administrator"), at=AT)
    hear("access.InvitationWithdrawn")
    assert Delivery.objects.get(channel="EMAIL").state == DeliveryState.SKIPPED
    with pytest.raises(NotFound):
        withdraw_invitation(world.officers["clerk"], by=world.officer("administrator"), at=AT)


def test_a_round_is_withdrawn_with_all_its_unused_links(world: World) -> None:
    round_id = ask(world, code=COMMUNE)
    carry_round(round_id, at=AT, batch=3)
    assert withdraw_round(round_id, by=world.officer("administrator"), at=AT) == 3
    assert (carry_round(round_id, at=AT), invited()) == (False, set())


def test_one_sees_how_many_are_how_far(world: World) -> None:
    def counts(**asked: object) -> dict[Standing, int]:
        return {one: n for one, n in stand_page(at=AT, **asked).counts.items() if n}  # type: ignore[arg-type]

    everybody = len(officers_under(None, at=AT))
    assert counts() == {Standing.UNINVITED: everybody}
    activate_officer(CLERK, password=PASSWORD, by=SYSTEM, at=AT)
    commune = world.agencies[COMMUNE]
    there = carry(ask(world, code=COMMUNE)).invited
    hear("access.OfficerInvited")
    assert counts(agency_id=commune) == {Standing.WAITING: there, Standing.ACTIVE: 1}
    deliver_due(by=SYSTEM, at=AT)
    assert counts(agency_id=commune) == {Standing.SENT: there, Standing.ACTIVE: 1}
    Delivery.objects.filter(channel="EMAIL").update(state=DeliveryState.GIVEN_UP, sent_at=None)
    assert counts(agency_id=commune) == {Standing.LOST: there, Standing.ACTIVE: 1}
    later = stand_page(at=AT + timedelta(days=15), agency_id=commune)
    assert later.counts[Standing.EXPIRED] == there


def test_only_administrators_ask(world: World) -> None:
    with pytest.raises(NotAllowed):
        ask_for_invitations(
            uuid7(), agency_id=world.agencies[COMMUNE], addresses=(), again=False, by=world.officer("chairman"), at=AT
        )
    with pytest.raises(NobodyMeant):
        ask(world)


def test_an_administrator_asks_on_the_page_by_code_list_and_file(world: World) -> None:
    desk = desk_of(world, "administrator")
    answer = desk.post(PAGE, {"round": str(uuid7()), "agency": COMMUNE.lower(), "addresses": ""})
    assert InvitationRound.objects.get(agency_id=world.agencies[COMMUNE])
    assert "Đang lập" in desk.get(answer.headers["Location"]).content.decode()
    file = SimpleUploadedFile("a.csv", f"Họ tên;Thư\nMinh;{CLERK}\n".encode())
    desk.post(PAGE, {"agency": "", "addresses": "mot@camau.gov.vn, hai@camau.gov.vn", "table": file})
    assert InvitationRound.objects.get(agency=None).addresses == ["hai@camau.gov.vn", "mot@camau.gov.vn", CLERK]
    for wrong in ({"agency": "Không có nơi này"}, {"agency": "", "addresses": "không phải thư"}):
        assert desk.post(PAGE, wrong).status_code == 422


def test_one_officer_is_invited_and_his_invitation_withdrawn_on_his_page(world: World) -> None:
    desk, officer = desk_of(world, "administrator"), Account.objects.get(pk=world.officers["clerk"]).officer_id
    page = f"/desk/administration/officers/{officer}/account/"
    assert page in desk.get(f"/desk/administration/officers/{officer}/").content.decode()
    desk.post(f"{page}letter/")
    assert invited() == {CLERK}
    desk.post(f"{page}letter/", {"withdraw": "yes"})
    assert invited() == set()
    assert desk.post(f"{page}letter/", {"withdraw": "yes"}).status_code in (302, 404)


def test_the_list_has_pages_and_is_found_by_agency_standing_and_words(world: World) -> None:
    activate_officer(CLERK, password=PASSWORD, by=SYSTEM, at=AT)
    desk, seen, link = desk_of(world, "administrator"), list[str](), PAGE
    while link:
        page = desk.get(link).content.decode()
        seen += addresses_on(page)
        link = next((PAGE + html.unescape(one) for one in re.findall(r'rel="next" href="([^"]+)"', page)), "")
        assert len(addresses_on(page)) <= ROWS
    everybody = Account.objects.filter(officer_id__in=officers_under(None, at=AT)).values_list("email", flat=True)
    assert seen == sorted(everybody)
    assert len(seen) > ROWS
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert back
    before = addresses_on(desk.get(PAGE + html.unescape(back[1])).content.decode())
    assert before == seen[-len(addresses_on(page)) - ROWS : -len(addresses_on(page))]
    found = look_for(desk, PAGE, q="tran thi minh", agency=str(world.agencies[COMMUNE]), standing="ACTIVE")
    assert addresses_on(found.content.decode()) == [CLERK]
    assert addresses_on(look_for(desk, PAGE, q="tran thi minh", standing="CLOSED").content.decode()) == []
    assert addresses_on(look_for(desk, PAGE, q="tanan_tranthiminh@").content.decode()) == [CLERK]


def test_a_page_of_the_list_costs_the_same_statements_whoever_was_invited(world: World) -> None:
    def statements(**asked: str) -> int:
        with CaptureQueriesContext(connection) as noted:
            assert addresses_on(desk.get(PAGE, asked).content.decode())
        return len(noted)

    desk = desk_of(world, "administrator")
    desk.get(PAGE)
    few = statements(agency=str(world.agencies[COMMUNE]))
    carry(ask(world, code=DISTRICT))
    hear("access.OfficerInvited")
    InvitationRound.objects.all().update(agency=None)
    assert statements() - statements(agency=str(world.agencies[COMMUNE])) == 0
    assert statements() <= few + 1  # what the round has still open


def addresses_on(page: str) -> list[str]:
    return re.findall(r'<small class="code">([^<]+)</small>', page)
