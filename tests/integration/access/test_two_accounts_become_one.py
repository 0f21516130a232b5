"""Two accounts that turn out to be one person's: both are proved in one sitting, then nothing is lost or seen by others."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.issue_token import issue_token
from camaug.access.actions.join_accounts import NotOnePerson, ProvenOneStays, join_accounts
from camaug.access.actions.link_outside import link_outside
from camaug.access.actions.release_person import release_person
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.identities import OutsideIdentity
from camaug.access.models import Account, Factor
from camaug.access.outside.shown import Shown
from camaug.access.queries import actor_of, nobody
from camaug.access.totp import code_at, step_of
from camaug.cases.actions.start import start
from camaug.cases.models import Case, CaseFile, Reading
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import now
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord
from camaug.notify.models import Message, TrayMessage
from camaug.people.actions.declare_representation import declare_representation
from camaug.people.actions.register_person import register_person
from camaug.people.models import Business, Person
from camaug.people.queries import person
from camaug.people.representing import Representation
from tests.applications import send_birth
from tests.identity_provider import IdentityProvider, come_back, standing
from tests.representing import prove
from tests.sessions import enter
from tests.world import AT, World

PHONE = "+84918000777"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

MOVES = {
    "access.AccountDecision.account": "what was decided of that account, and stays said of it",
    "access.Account.person": "join_accounts",
    "access.ApiToken.account": "join_accounts: revoked",
    "access.Factor.account": "join_accounts: ended",
    "access.OpenSession.account": "join_accounts: ended",
    "access.OutsideIdentity.account": "join_accounts",
    "access.PastPassword.account": "join_accounts: forgotten",
    "access.RecoveryCode.account": "join_accounts: forgotten, made for their own account",
    "access.Account.joined_to": "says where it went",
    "behalf.Mandate.helper": "behalf.end_all_of",
    "behalf.Mandate.person": "behalf.end_all_of",
    "cases.Case.account": "cases.change_owner",
    "cases.Case.applicant": "cases.change_owner",
    "cases.CaseFile.added_by": "cases.change_owner",
    "cases.Reading.subject_id": "cases.change_owner",
    "notify.Message.account": "notify.change_owner",
    "notify.Preference.account": "notify.change_owner",
    "people.Officer.person": "join_persons",
    "people.Representation.person": "join_persons; what the account only said ends: people.end_said_by",
    "queue.Appointment.account": "queue.change_owner",
    "queue.Appointment.person_id": "queue.change_owner",
    "signon.Consent.account": "signon.change_owner",
    "signon.SignOn.account": "ended, as when an account closes",
}
OF_OFFICERS = {
    "access.Idleness.account",
    "access.Invitation.account",
    "access.InvitationRound.account_id",
    "cases.Batch.account", "cases.Reminder.account", "cases.Reading.account_id", "cases.ListReading.account_id",
    "people.Import.account_id", "queue.Shift.account", "queue.Ticket.served_by",
}  # fmt: skip
"""Officers' accounts are never joined."""


def other_account(*, linked_to: Person | None = None) -> Account:
    linkage = "DECLARED" if linked_to else ""
    return Account.objects.create(
        kind="CITIZEN", phone=PHONE, person=linked_to, linkage=linkage, password="!", created_at=AT
    )


def acting(account: Account) -> Actor:
    return actor_of(account, at=AT, origin="test")


def mother_of(world: World) -> Account:
    return Account.objects.get(pk=world.citizens["mother"])


def shown_of(account: Account, *, subject: str = "s") -> Shown:
    assert account.person_id
    who = person(account.person_id)
    return Shown("https://idp.example", subject, who.personal_number, who.full_name, None, AT, True, AT)


def test_every_row_that_names_an_account_or_a_person_is_seen_to() -> None:
    """Whoever adds such a column says in `belongings` what becomes of it."""
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("camaug."):
            continue
        for field in model._meta.concrete_fields:
            named = field.related_model in (Account, Person) or (
                isinstance(field, models.UUIDField) and field.name in ("account_id", "person_id")
            )
            found |= {f"{model._meta.label}.{field.name}"} if named else set()
    beside = {"cases.CaseFile.added_by", "cases.Reading.subject_id"}
    assert found | beside == set(MOVES) | OF_OFFICERS


def test_everything_comes_into_the_one_that_stays(world: World) -> None:
    mother, half = mother_of(world), register_person("Nguyễn Thị Lan", phone="0918 000 777", by=SYSTEM, at=AT)
    other = other_account(linked_to=half)
    draft = start("dang-ky-khai-sinh", by=acting(other), at=AT)
    counter, sent = send_birth(world), send_birth(world)
    Case.objects.filter(pk=counter.pk).update(account=None, applicant=half)
    Case.objects.filter(pk=sent.pk).update(account=other, applicant=half)
    CaseFile.objects.filter(case=sent).update(added_by=other.pk)
    firm = Business.objects.create(name="Hộ kinh doanh Lan", folded="", accented="")
    other_firm = Business.objects.create(name="Công ty Lan", folded="", accented="")
    for by in (acting(other), SYSTEM):
        declare_representation(firm.pk, person_id=half.pk, capacity="LEGAL", by=by, at=AT)
    told = declare_representation(other_firm.pk, person_id=half.pk, capacity="LEGAL", by=SYSTEM, at=AT)
    Person.objects.filter(pk=half.pk).update(personal_number="096194000999")
    proven = prove(firm.pk, half.pk)
    Person.objects.filter(pk=half.pk).update(personal_number=None)
    assert mother.person_id
    twice = declare_representation(other_firm.pk, person_id=mother.person_id, capacity="LEGAL", by=SYSTEM, at=AT)
    Message.objects.create(
        fact_id=other.pk, notice="n", recipient="r", account=other, language="vi", title="t", body="b", created_at=AT
    )
    clerk = world.officer("clerk")
    assert clerk.account_id
    Reading.objects.create(
        subject_id=half.pk, account_id=clerk.account_id, post_id=clerk.posts[0].id, unit_id=clerk.posts[0].unit_id,
        why="COUNTER", how="PAGE", day=AT.date(), at=AT,
    )  # fmt: skip
    identity = OutsideIdentity.objects.create(account=other, issuer="i", subject="s", linked_at=AT, used_at=AT)

    join_accounts(other.pk, into=mother.pk, by=acting(mother), at=AT)

    other.refresh_from_db()
    assert (other.is_active, other.phone, other.person_id, other.joined_to_id) == (False, None, None, mother.pk)
    mine = set(Case.objects.visible_to(acting(mother)).values_list("pk", flat=True))
    assert {draft.pk, counter.pk, sent.pk} <= mine
    assert not Case.objects.filter(account=other).exists()
    assert set(CaseFile.objects.filter(case=sent).values_list("added_by", flat=True)) == {mother.pk}
    assert acting(mother).represents == {firm.pk}
    mine = Representation.objects.filter(person_id=mother.person_id)
    assert set(mine.filter(ended_at=None).values_list("pk", flat=True)) == {proven.pk, twice.pk}
    assert Representation.objects.get(pk=told.pk).ended_at == AT
    assert Message.objects.get(fact_id=other.pk).account == mother
    assert Reading.objects.filter(subject_id=mother.person_id, account_id=clerk.account_id).count() == 1
    identity.refresh_from_db()
    assert identity.account == mother
    joined = EventRecord.objects.get(name="access.AccountsJoined")
    assert (joined.subject_id, joined.facts["other_id"]) == (mother.pk, str(other.pk))


def test_tokens_and_second_factors_of_the_other_one_end(world: World) -> None:
    """A passkey or token that somebody got hold of there opens nothing of the account that stays."""
    mother, other = mother_of(world), other_account()
    set_up_totp(other.pk, secret=SECRET, digits=code_at(SECRET, step_of(AT)), by=acting(other), at=AT)
    Factor.objects.create(
        account=other, kind="PASSKEY", name="khoá", credential_id=b"i", credential=b"c", created_at=AT
    )
    issued = issue_token("sổ tay", scopes=["read"], days=30, level="LoA2", by=acting(other), at=AT)
    join_accounts(other.pk, into=mother.pk, by=acting(mother), at=AT)
    assert not Factor.objects.filter(account__in=[mother, other]).exists()
    issued.token.refresh_from_db()
    assert (issued.token.account_id, issued.token.revoked_at) == (other.pk, AT)
    ended = EventRecord.objects.filter(name="access.FactorRemoved", subject_id=other.pk)
    assert sorted(one.facts["kind"] for one in ended) == ["PASSKEY", "TOTP"]


def test_said_again_it_changes_nothing(world: World) -> None:
    mother, other = mother_of(world), other_account()
    join_accounts(other.pk, into=mother.pk, by=acting(mother), at=AT)
    before = EventRecord.objects.count()
    join_accounts(other.pk, into=mother.pk, by=acting(mother), at=AT)
    assert EventRecord.objects.count() == before


def test_of_a_person_who_was_only_named_nothing_but_the_account_s_own_comes_over(world: World) -> None:
    """Somebody had typed a wrong number: what its true owner handed in at a counter is not his."""
    mother = mother_of(world)
    wrong = register_person("Nguyễn Thị Lan", personal_number="096190000999", by=SYSTEM, at=AT)
    other = other_account(linked_to=wrong)
    own, counter = send_birth(world), send_birth(world)
    Case.objects.filter(pk=own.pk).update(account=other, applicant=wrong)
    Case.objects.filter(pk=counter.pk).update(account=None, applicant=wrong)
    join_accounts(other.pk, into=mother.pk, by=acting(mother), at=AT)
    mine = set(Case.objects.visible_to(acting(mother)).values_list("pk", flat=True))
    assert own.pk in mine
    assert counter.pk not in mine


def test_two_people_are_not_joined(world: World) -> None:
    mother, shop = mother_of(world), Account.objects.get(pk=world.citizens["shopkeeper"])
    with pytest.raises(NotOnePerson):
        join_accounts(shop.pk, into=mother.pk, by=acting(mother), at=AT)
    assert Account.objects.get(pk=shop.pk).is_active


def test_the_proven_one_stays(world: World) -> None:
    mother, other = mother_of(world), other_account()
    with pytest.raises(ProvenOneStays):
        join_accounts(mother.pk, into=other.pk, by=acting(other), at=AT)


def test_nobody_joins_accounts_of_others_or_of_officers(world: World) -> None:
    mother, other = mother_of(world), other_account()
    officer = world.officer("clerk").account_id
    assert officer
    for by, other_id, into in (
        (acting(mother), mother.pk, other.pk),
        (acting(mother), officer, mother.pk),
        (acting(mother), mother.pk, mother.pk),
    ):
        with pytest.raises(NotFound):
            join_accounts(other_id, into=into, by=by, at=AT)


def test_whoever_is_released_keeps_what_he_sent_and_loses_sight_of_the_rest(world: World) -> None:
    """A stranger had said to be the mother and sent something; at the counter something of hers was taken in."""
    mother = mother_of(world)
    assert mother.person_id
    claimed, shown = mother.person_id, shown_of(mother)
    Account.objects.filter(pk=mother.pk).update(linkage="DECLARED")
    strangers, hers = send_birth(world), send_birth(world)
    Case.objects.filter(pk=hers.pk).update(account=None)
    release_person(shown, by=nobody(origin="test"), at=AT)
    stranger = Account.objects.get(pk=mother.pk)
    seen = set(Case.objects.visible_to(acting(stranger)).values_list("pk", flat=True))
    assert strangers.pk in seen
    assert hers.pk not in seen
    of_person = set(Case.objects.filter(applicant_id=claimed).values_list("pk", flat=True))
    assert hers.pk in of_person
    assert strangers.pk not in of_person


def test_an_account_that_becomes_somebody_takes_its_own_along(world: World) -> None:
    half = register_person("Nguyễn Thị Lan", by=SYSTEM, at=AT)
    other = other_account(linked_to=half)
    own = start("dang-ky-khai-sinh", by=acting(other), at=AT)
    shown = Shown("i", "s", "096190000999", "Nguyễn Thị Lan", None, AT, True, AT)
    link_outside(other.pk, shown, by=acting(other), at=AT)
    other.refresh_from_db()
    own.refresh_from_db()
    assert other.person_id
    assert person(other.person_id).personal_number == "096190000999"
    assert own.applicant_id == other.person_id


def sent_code() -> str:
    found = re.search(r"\d{6}", TrayMessage.objects.latest("sent_at").text)
    assert found
    return found[0]


@pytest.fixture
def inside(client: Client, world: World) -> Client:
    """The mother's browser."""
    enter(client, mother_of(world))
    return client


def post(client: Client, **said: str) -> Any:
    return client.post("/account/joining/", said)


def test_on_the_page_the_other_one_is_proved_by_a_code_and_joined(inside: Client, world: World) -> None:
    other = other_account()
    post(inside, contact="0918 000 777")
    assert post(inside, join="1").status_code == 302  # nothing is proved yet
    assert Account.objects.get(pk=other.pk).is_active
    post(inside, code=sent_code())
    page = inside.get("/account/joining/").content.decode()
    assert "0918 000 777" in page
    assert Account.objects.get(pk=other.pk).is_active  # nor is it asked for
    assert post(inside, join="1").headers["Location"] == "/account/security/"
    assert Account.objects.get(pk=other.pk).joined_to_id == world.citizens["mother"]


def test_the_other_one_s_second_factor_is_asked_for(inside: Client) -> None:
    other = other_account()
    begun = now() - timedelta(minutes=5)
    set_up_totp(other.pk, secret=SECRET, digits=code_at(SECRET, step_of(begun)), by=acting(other), at=begun)
    post(inside, contact="0918 000 777")
    post(inside, code=sent_code())
    assert post(inside, join="1").status_code == 302
    assert Account.objects.get(pk=other.pk).is_active
    assert post(inside, factor="000000").status_code == 422
    post(inside, factor=code_at(SECRET, step_of(now())))
    post(inside, join="1")
    assert not Account.objects.get(pk=other.pk).is_active


def test_what_is_wrong_stands_beside_its_field(inside: Client) -> None:
    refused = post(inside, contact="0918 sen").content.decode()
    assert 'value="0918 sen"' in refused
    assert 'id="contact-error"' in refused
    other_account()
    post(inside, contact="0918 000 777")
    assert 'id="code-error"' in post(inside, code="000000").content.decode()


def test_a_mailbox_without_an_account_becomes_another_way_in(inside: Client, world: World) -> None:
    post(inside, contact="lan.moi@example.vn")
    post(inside, code=sent_code())
    post(inside, join="1")
    assert mother_of(world).email == "lan.moi@example.vn"


def test_a_wrong_code_proves_nothing(inside: Client) -> None:
    other_account()
    post(inside, contact="0918 000 777")
    assert post(inside, code="000000").status_code in (302, 422)
    post(inside, join="1")
    assert Account.objects.get(phone=PHONE).is_active


@pytest.fixture
def vneid(settings: Settings, world: World) -> Iterator[IdentityProvider]:
    """The provider, which vouches for the mother."""
    mother = shown_of(mother_of(world))
    with standing(settings) as it:
        it.known.update(SoDinhDanh=mother.number, HoVaTen=mother.name, NgayThangNamSinh="")
        yield it


def test_an_identity_of_another_account_leads_into_that_one_and_joins_them(
    client: Client, world: World, vneid: IdentityProvider
) -> None:
    other = other_account()
    enter(client, other)
    come_back(client, vneid, "/account/security/outside/new/", at=now())
    led = client.post("/sign-in/outside/claim/", {"join": "1"}).headers["Location"]
    assert led.startswith("/account/joining/?with=")
    assert client.session["_auth_user_id"] == str(world.citizens["mother"])
    client.get(led)
    assert Account.objects.get(pk=other.pk).is_active
    post(client, join="1")
    assert Account.objects.get(pk=other.pk).joined_to_id == world.citizens["mother"]


def test_a_word_that_another_account_was_proved_serves_the_one_it_was_given_for(
    client: Client, world: World, vneid: IdentityProvider
) -> None:
    other, victim = other_account(), Account.objects.get(pk=world.citizens["shopkeeper"])
    enter(client, other)
    come_back(client, vneid, "/account/security/outside/new/", at=now())
    led = client.post("/sign-in/outside/claim/", {"join": "1"}).headers["Location"]
    enter(client, victim)
    client.get(led)
    assert "0918 000 777" not in client.get("/account/joining/").content.decode()
    post(client, join="1")
    assert Account.objects.get(pk=other.pk).is_active
