"""A helper acts for a person: within what the person confirmed, until its day, and everything stands in the journal."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from camaug.access.belongings import Change, move
from camaug.access.models import Account
from camaug.behalf.actions.confirm_mandate import (
    IdentityPaperMissing,
    NoLongerWaiting,
    OtherName,
    confirm_at_counter,
    confirm_in_account,
)
from camaug.behalf.actions.end_mandate import end_mandate
from camaug.behalf.actions.propose_mandate import Wish, propose_mandate
from camaug.behalf.models import Act, Ending, Mandate, Proof, Relation
from camaug.behalf.queries import given_by, journal
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.discard import discard
from camaug.cases.actions.rate import rate
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import NotInTheMandate, start
from camaug.cases.actions.submit import submit
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case
from camaug.cases.queries import case_page, draft_of, helped_cases, my_cases, progress_of
from camaug.cases.subscribers.mandates import tell_of_helpers
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.notify.models import Message
from camaug.people.actions.register_person import register_person
from camaug.people.models import Person
from camaug.people.queries import person
from tests.helping import BIRTHS, HELPED, HELPER, ask_to_help, begin_for_another, let_help, person_of, send_for_another
from tests.world import AT, World

LATER = AT + timedelta(days=1)


def done_in(mandate: Mandate) -> list[str]:
    return [line.what for line in reversed(journal(mandate.id))]


def test_nothing_holds_before_the_person_confirms(world: World) -> None:
    asked = ask_to_help(world)
    assert world.citizen(HELPER).mandates == ()
    with pytest.raises(NotFound):
        start("dang-ky-khai-sinh", mandate=asked.id, by=world.citizen(HELPER), at=AT)


@pytest.mark.parametrize("who", [HELPER, HELPED])
def test_it_ends_when_either_account_turns_out_to_be_another_person_s(world: World, who: str) -> None:
    mandate, account, was = let_help(world), world.citizens[who], person_of(world, who)
    now_is = register_person("Trần Văn Lạ", by=SYSTEM, at=AT)
    move(Change(account, account, was, now_is.id, whole=False), by=SYSTEM, at=LATER)
    mandate.refresh_from_db()
    assert (mandate.ended_at, mandate.ending) == (LATER, Ending.REVOKED)
    assert EventRecord.objects.filter(name="behalf.MandateEnded", subject_id=mandate.id).count() == 1


def test_the_case_is_the_persons_and_names_the_helper(world: World) -> None:
    mandate = let_help(world)
    case = send_for_another(world, mandate)
    elder = world.citizen(HELPED)
    assert (case.applicant_id, case.account_id, case.mandate_id) == (elder.person_id, elder.account_id, mandate.id)
    assert (case.applicant_name, case.authorised_name) == ("Trần Thị Năm", "Đặng Ngọc Ánh")
    assert [row.id for row in my_cases(elder, at=AT)] == [case.id]
    assert [row.id for row in helped_cases(world.citizen(HELPER), at=AT)] == [case.id]
    assert my_cases(world.citizen(HELPER), at=AT) == ()


def test_the_journal_says_all_that_was_done(world: World) -> None:
    mandate = let_help(world)
    case = send_for_another(world, mandate)
    assert done_in(mandate) == ["start", "save", "add_file", "submit"]
    last = journal(mandate.id)[0]
    assert (last.at, last.case_id, last.code, last.procedure) == (AT, case.id, case.code, "dang-ky-khai-sinh")
    item = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ.")
    request_supplement(case.id, [item], reason=item.reason, by=world.officer("clerk"), at=AT)
    supplement(case.id, by=world.citizen(HELPER), at=LATER, answer="Đã chụp lại.")
    assert done_in(mandate)[-1] == "supplement"
    discard(begin_for_another(world, mandate, at=LATER).id, by=world.citizen(HELPER), at=LATER)
    assert done_in(mandate)[-1] == "discard"


def test_what_the_person_does_himself_is_no_line_of_the_journal(world: World) -> None:
    mandate = let_help(world, acts=[Act.PREPARE])
    draft = begin_for_another(world, mandate)
    lines = done_in(mandate)
    save(draft.id, Changes(phone="+84918000987"), by=world.citizen(HELPED), at=AT)
    assert submit(draft.id, by=world.citizen(HELPED), at=AT).code
    assert done_in(mandate) == lines


def test_it_ends_on_its_day_and_when_it_is_revoked(world: World) -> None:
    mandate = let_help(world, days=30)
    case = send_for_another(world, mandate)
    over = AT + timedelta(days=30)
    assert progress_of(case.id, world.citizen(HELPER, at=over - timedelta(seconds=1)), Act.FOLLOW, at=AT)
    assert world.citizen(HELPER, at=over).mandates == ()
    end_mandate(mandate.id, by=world.citizen(HELPED), at=LATER)
    assert world.citizen(HELPER, at=LATER).mandates == ()
    with pytest.raises(NotFound):
        progress_of(case.id, world.citizen(HELPER, at=LATER), *Act, at=LATER)
    assert helped_cases(world.citizen(HELPER, at=LATER), at=LATER) == ()
    assert [row.id for row in my_cases(world.citizen(HELPED), at=LATER)] == [case.id]


def test_it_covers_its_procedures_and_fields_alone(world: World) -> None:
    mandate = let_help(world)
    with pytest.raises(NotInTheMandate):
        start("dang-ky-ket-hon", mandate=mandate.id, by=world.citizen(HELPER), at=AT)
    Mandate.objects.filter(pk=mandate.pk).update(procedures=[], fields=["ho-tich"])
    assert start("dang-ky-ket-hon", mandate=mandate.id, by=world.citizen(HELPER), at=AT).mandate_id == mandate.id


def test_other_cases_of_the_person_stay_closed(world: World) -> None:
    let_help(world)
    own = start("dang-ky-khai-sinh", by=world.citizen(HELPED), at=AT)
    helper = world.citizen(HELPER)
    assert not Case.objects.visible_to(helper, *Act).filter(pk=own.pk).exists()
    with pytest.raises(NotFound):
        draft_of(own.id, helper, on=AT.date())
    with pytest.raises(NotFound):
        save(own.id, Changes(phone="+84900000000"), by=helper, at=AT)


@pytest.mark.parametrize("acts", [[act] for act in Act], ids=[str(act) for act in Act])
def test_each_act_opens_itself_and_what_it_needs(world: World, acts: list[Act]) -> None:
    mandate = let_help(world, acts=acts)
    held = set(world.citizen(HELPER).mandates[0].acts)
    needed = {
        Act.PREPARE: set(),
        Act.FOLLOW: set(),
        Act.SUBMIT: {"PREPARE", "FOLLOW"},
        Act.SUPPLEMENT: {"FOLLOW"},
        Act.RECEIVE: {"FOLLOW"},
    }
    assert held == {*acts, *needed[acts[0]]}
    if "PREPARE" not in held:
        with pytest.raises(NotFound):
            start("dang-ky-khai-sinh", mandate=mandate.id, by=world.citizen(HELPER), at=AT)
        return
    draft = begin_for_another(world, mandate)
    helper, owner = world.citizen(HELPER), world.citizen(HELPED)
    if "SUBMIT" in held:
        assert submit(draft.id, by=helper, at=AT).code
    else:
        with pytest.raises(NotFound):
            submit(draft.id, by=helper, at=AT)
        submit(draft.id, by=owner, at=AT)
        with pytest.raises(NotFound):
            progress_of(draft.id, helper, Act.FOLLOW, at=AT)


def test_withdrawing_and_rating_stay_the_persons(world: World) -> None:
    case = send_for_another(world, let_help(world))
    with pytest.raises(NotFound):
        ask_withdrawal(case.id, reason="Thôi", by=world.citizen(HELPER), at=AT)
    with pytest.raises((NotFound, NotAllowed)):
        rate(case.id, "SATISFIED", by=world.citizen(HELPER), at=AT)


def test_sending_twice_gives_the_same_case(world: World) -> None:
    case = send_for_another(world, let_help(world))
    assert submit(case.id, by=world.citizen(HELPER), at=AT).code == case.code


def test_only_who_may_take_the_result_is_named_for_it(world: World) -> None:
    case = send_for_another(world, let_help(world, acts=[Act.SUBMIT]))
    assert case.authorised_name == ""


def test_a_helper_does_not_say_how_the_person_is_reached(world: World) -> None:
    """Else messages would go on to the helper after the end."""
    elder = person(person_of(world, HELPED))
    draft = begin_for_another(world, let_help(world))
    save(draft.id, Changes(phone="+84900000321", email="helper@example.com"), by=world.citizen(HELPER), at=AT)
    case = submit(draft.id, by=world.citizen(HELPER), at=AT)
    assert (case.applicant_phone, case.applicant_email) == ("+84918000987", elder.email)
    own = begin_for_another(world, Mandate.objects.get())
    assert (
        save(own.id, Changes(phone="+84918000988"), by=world.citizen(HELPED), at=AT).applicant_phone == "+84918000988"
    )


@pytest.mark.parametrize(
    ("acts", "address", "kept"),
    [
        ([Act.PREPARE], "12 Lý Bôn", ("POST", "12 Lý Bôn")),
        ([Act.PREPARE], "", ("COUNTER", "")),
        ([Act.PREPARE, Act.RECEIVE], "12 Lý Bôn", ("POST", "Nhà người giúp")),
    ],
    ids=["to the person", "at the counter", "to the helper"],
)
def test_the_post_brings_the_result_to_a_helper_only_if_he_may_take_it(
    world: World, acts: list[Act], address: str, kept: tuple[str, str]
) -> None:
    Person.objects.filter(pk=person_of(world, HELPED)).update(address=address, place=None)
    draft = begin_for_another(world, let_help(world, acts=acts))
    changes = Changes(delivery_way="POST", delivery_address="Nhà người giúp")
    saved = save(draft.id, changes, by=world.citizen(HELPER), at=AT)
    assert (saved.delivery_way, saved.delivery_address) == kept


def test_the_person_confirms_in_his_account(world: World) -> None:
    asked = ask_to_help(world)
    assert [one.id for one in given_by(world.citizen(HELPED), at=AT)] == [asked.id]
    for stranger in (HELPER, "mother"):
        with pytest.raises(NotFound):
            confirm_in_account(asked.id, by=world.citizen(stranger), at=AT)
    assert confirm_in_account(asked.id, by=world.citizen(HELPED), at=AT).proof == Proof.SESSION
    with pytest.raises(NoLongerWaiting):
        confirm_in_account(asked.id, by=world.citizen(HELPED), at=AT)


def test_an_account_that_only_says_to_be_the_person_gets_nothing_of_his(world: World) -> None:
    """Neither what a counter took in, nor what a helper begins, nor the mandate; only what it sent itself."""
    Account.objects.filter(pk=world.citizens[HELPED]).update(linkage="DECLARED")
    claiming = world.citizen(HELPED)
    asked = ask_to_help(world)
    with pytest.raises(NotFound):
        confirm_in_account(asked.id, by=claiming, at=AT)
    assert given_by(claiming, at=AT) == ()
    helped = send_for_another(world, let_help(world))
    assert helped.account_id is None
    assert (helped.applicant_phone, helped.applicant_email) == ("", ""), "he wrote them into the register himself"
    tell_of_helpers(list(EventRecord.objects.filter(name="behalf.MandateConfirmed")))
    assert not Message.objects.exists()
    own = start("dang-ky-khai-sinh", by=claiming, at=AT)
    assert [row.id for row in my_cases(claiming, at=AT)] == [own.id]
    for read in (progress_of, ask_to_end):
        with pytest.raises(NotFound):
            read(helped.id, claiming, at=AT)
    Account.objects.filter(pk=world.citizens[HELPED]).update(linkage="MATCHED")
    assert {row.id for row in my_cases(world.citizen(HELPED), at=AT)} == {own.id, helped.id}


def ask_to_end(case: UUID, by: Actor, *, at: datetime) -> None:
    ask_withdrawal(case, reason="Thôi", by=by, at=at)


def test_an_officer_confirms_for_one_without_a_phone(world: World) -> None:
    asked = ask_to_help(world)
    with pytest.raises(NotAllowed):
        confirm_at_counter(asked.id, identity_paper="CC", by=world.officer("specialist"), at=AT)
    with pytest.raises(IdentityPaperMissing):
        confirm_at_counter(asked.id, identity_paper=" ", by=world.officer("clerk"), at=AT)
    made = confirm_at_counter(asked.id, identity_paper="Căn cước 096164000987", by=world.officer("clerk"), at=AT)
    assert (made.proof, made.confirmed_by_name, made.person_id) == (
        Proof.COUNTER,
        "Trần Thị Minh",
        person_of(world, HELPED),
    )


def test_one_whom_the_register_does_not_know_is_entered_at_the_counter(world: World) -> None:
    wish = Wish(
        number="096047000123",
        name="Phạm Văn Bảy",
        relation=Relation.DIGITAL_TEAM,
        procedures=BIRTHS,
        acts=[Act.SUBMIT],
        until_at=AT + timedelta(days=10),
    )
    asked = propose_mandate(wish, by=world.citizen(HELPER), at=AT)
    made = confirm_at_counter(asked.id, identity_paper="CC 096047000123", by=world.officer("clerk"), at=AT)
    assert Person.objects.get(pk=made.person_id).full_name == "Phạm Văn Bảy"
    draft = begin_for_another(world, made)
    case = submit(draft.id, by=world.citizen(HELPER), at=AT)
    assert (case.applicant_name, case.account_id) == ("Phạm Văn Bảy", None)


def test_a_number_under_another_name_is_not_confirmed(world: World) -> None:
    asked = ask_to_help(world)
    Mandate.objects.filter(pk=asked.pk).update(named_name="Trần Thị Sáu")
    with pytest.raises(OtherName):
        confirm_at_counter(asked.id, identity_paper="CC", by=world.officer("clerk"), at=AT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "12"}, "number"),
        ({"number": "096300000321"}, "number"),
        ({"name": " "}, "name"),
        ({"relation": "BOSS"}, "relation"),
        ({"procedures": ()}, "scope"),
        ({"acts": ()}, "acts"),
        ({"acts": ("WITHDRAW",)}, "acts"),
        ({"until_at": AT}, "until"),
        ({"until_at": AT + timedelta(days=366)}, "until"),
    ],
)
def test_what_is_asked_for_is_checked(world: World, changes: dict[str, object], field: str) -> None:
    right: dict[str, object] = {
        "number": "096164000987",
        "name": "Trần Thị Năm",
        "relation": "RELATIVE",
        "procedures": BIRTHS,
        "acts": ("SUBMIT",),
        "until_at": AT + timedelta(days=365),
    }
    propose_mandate(Wish(**right), by=world.citizen(HELPER), at=AT)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        propose_mandate(Wish(**{**right, **changes}), by=world.citizen(HELPER), at=AT)  # type: ignore[arg-type]
    assert set(refused.value.errors) == {field}


def test_what_was_not_confirmed_in_time_lapses(world: World) -> None:
    asked = ask_to_help(world)
    with pytest.raises(NoLongerWaiting):
        confirm_in_account(asked.id, by=world.citizen(HELPED, at=AT), at=AT + timedelta(days=14))


def test_helper_person_and_counter_can_end_it_and_nobody_else(world: World) -> None:
    for key in (HELPER, HELPED):
        mandate = let_help(world)
        with pytest.raises(NotFound):
            end_mandate(mandate.id, by=world.citizen("mother"), at=AT)
        assert end_mandate(mandate.id, by=world.citizen(key), at=AT).ended_at == AT
    mandate = let_help(world)
    with pytest.raises(NotFound):
        end_mandate(mandate.id, by=world.officer("specialist"), at=AT)
    assert end_mandate(mandate.id, by=world.officer("clerk"), at=AT).ending == "AT_COUNTER"


def test_officers_and_the_person_read_who_sent_it_under_which_mandate(world: World) -> None:
    sent = send_for_another(world, let_help(world))
    page = case_page(sent.code or "", world.officer("clerk"), at=AT)
    assert page.mandate
    assert (page.mandate.helper, page.mandate.person, page.mandate.witness) == (
        "Đặng Ngọc Ánh",
        "Trần Thị Năm",
        "Trần Thị Minh",
    )
    assert page.sent_by_helper
    draft = begin_for_another(world, let_help(world, acts=[Act.PREPARE]))
    own = submit(draft.id, by=world.citizen(HELPED), at=AT)
    assert not case_page(own.code or "", world.officer("clerk"), at=AT).sent_by_helper
