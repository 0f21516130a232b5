"""A lost second factor: an administrator resets an officer's, the one-stop counter a citizen's; nobody his own."""

from uuid import UUID

import pytest
from django.conf import settings as site
from django.test import Client

from camaug.access import demo
from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.issue_token import issue_token
from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.actions.reset_factors import NothingToReset, OwnFactors, reset_factors
from camaug.access.actions.reset_factors_at_counter import NoSuchAccount, PaperNotSeen, reset_factors_at_counter
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.models import Account, AccountDecision, Factor, OpenSession, RecoveryCode
from camaug.access.queries import caller_by_secret
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.problems import NotSignedIn
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.people.models import Officer
from tests.desks import desk_of
from tests.world import AT, World

MAIL, PASSWORD, WHY = "tanan_tranthiminh@camau.gov.vn", "rừng đước Năm Căn 1", "Mất điện thoại"


@pytest.fixture
def world(world: World) -> World:
    load_profile(site.PROFILE, at=AT, progress=lambda _done, _total: None)
    return world


def give(account_id: UUID) -> None:
    digits = code_at(demo.TOTP_SECRET, step_of(AT))
    set_up_totp(account_id, secret=demo.TOTP_SECRET, digits=digits, by=SYSTEM, at=AT)


def number_of(world: World, key: str) -> str:
    person = Account.objects.select_related("person").get(pk=world.citizens[key]).person
    assert person
    return str(person.personal_number)


def test_factors_recovery_codes_sessions_and_tokens_go_and_the_password_stays(world: World) -> None:
    clerk = world.officers["clerk"]
    activate_officer(MAIL, password=PASSWORD, by=SYSTEM, at=AT)
    made = issue_token("Chương trình", scopes=("read",), days=90, level="LoA1", by=world.officer("clerk"), at=AT)
    client = Client()
    client.post("/desk/sign-in/", {"email": MAIL, "password": PASSWORD})
    assert client.get("/desk/tokens/").status_code == 200
    give(clerk)
    reset_factors(clerk, reason=WHY, by=world.officer("administrator"), at=AT)
    assert not Factor.objects.filter(account_id=clerk).exists()
    assert not RecoveryCode.objects.filter(account_id=clerk).exists()
    assert not OpenSession.objects.filter(account_id=clerk).exists()
    assert client.get("/desk/tokens/").status_code == 302
    with pytest.raises(NotSignedIn):
        caller_by_secret(made.secret, at=now(), origin="")
    assert Account.objects.get(pk=clerk).check_password(PASSWORD)
    told = EventRecord.objects.get(name="access.FactorsReset")
    assert (told.subject_id, told.facts, told.actor_id) == (clerk, {"factors": 1}, world.officers["administrator"])
    assert AccountDecision.objects.get().reason == WHY


def test_nobody_resets_his_own_nor_does_one_who_does_not_administer(world: World) -> None:
    administrator, clerk = world.officers["administrator"], world.officers["clerk"]
    give(administrator)
    give(clerk)
    with pytest.raises(OwnFactors):
        reset_factors(administrator, reason=WHY, by=world.officer("administrator"), at=AT)
    with pytest.raises(NotAllowed):
        reset_factors(clerk, reason=WHY, by=world.officer("chairman"), at=AT)
    assert Factor.objects.count() == 2


def test_a_reason_is_owed_and_something_to_reset(world: World) -> None:
    by, clerk = world.officer("administrator"), world.officers["clerk"]
    with pytest.raises(NothingToReset):
        reset_factors(clerk, reason=WHY, by=by, at=AT)
    give(clerk)
    for reason in (" ", "x" * 501):
        with pytest.raises(WhyMissing):
            reset_factors(clerk, reason=reason, by=by, at=AT)
    with pytest.raises(NotFound):
        reset_factors(world.citizens["mother"], reason=WHY, by=by, at=AT)
    assert Factor.objects.count() == 1


def test_the_page_asks_for_a_fresh_proof_and_the_owner_is_told(world: World) -> None:
    clerk = Account.objects.get(pk=world.officers["clerk"])
    give(clerk.pk)
    desk, page = desk_of(world, "administrator"), f"/desk/administration/officers/{clerk.officer_id}/account/"
    assert "Đặt lại xác thực bước hai" in desk.get(page).content.decode()
    assert desk.post(f"{page}factors/", {"reason": ""}).status_code == 422
    assert desk.post(f"{page}factors/", {"reason": WHY}).status_code == 302
    tell = next(one for one in subscribers() if one.name == "notify.accounts")
    tell.react(list(EventRecord.objects.filter(name__in=tell.to)))
    message = Message.objects.get(account=clerk)
    assert "Nguyễn Hữu Phước" in message.body
    own = Account.objects.get(pk=world.officers["administrator"])
    give(own.pk)
    assert (
        "Đặt lại xác thực bước hai"
        not in desk.get(f"/desk/administration/officers/{own.officer_id}/account/").content.decode()
    )


def test_at_the_counter_a_citizen_with_his_paper_is_helped_and_told(world: World) -> None:
    mother = world.citizens["mother"]
    give(mother)
    by, number = world.officer("clerk"), number_of(world, "mother")
    with pytest.raises(PaperNotSeen):
        reset_factors_at_counter(number, paper_seen=False, reason=WHY, by=by, at=AT)
    with pytest.raises(NotAllowed):
        reset_factors_at_counter(number, paper_seen=True, reason=WHY, by=world.officer("specialist"), at=AT)
    with pytest.raises(NoSuchAccount):
        reset_factors_at_counter("096190000001", paper_seen=True, reason=WHY, by=by, at=AT)
    reset_factors_at_counter(number, paper_seen=True, reason=WHY, by=by, at=AT)
    assert not Factor.objects.filter(account_id=mother).exists()
    with pytest.raises(NothingToReset):
        reset_factors_at_counter(number, paper_seen=True, reason=WHY, by=by, at=AT)


def test_at_the_counter_nobody_resets_the_factors_of_his_own_account_as_a_citizen(world: World) -> None:
    """Nor does an administrator those of his other account in office."""
    mother, number = world.citizens["mother"], number_of(world, "mother")
    give(mother)
    clerk = Account.objects.get(pk=world.officers["clerk"]).officer_id
    assert clerk
    Officer.objects.filter(pk=clerk).update(own_numbers=[number])
    with pytest.raises(OwnFactors):
        reset_factors_at_counter(number, paper_seen=True, reason=WHY, by=world.officer("clerk"), at=AT)
    told = desk_of(world, "clerk").post("/desk/factors/", {"number": number, "reason": WHY, "seen": "yes"})
    assert told.status_code == 422
    assert Factor.objects.filter(account=mother).exists()
    give(world.officers["clerk"])
    administrator = Account.objects.get(pk=world.officers["administrator"]).officer_id
    Officer.objects.filter(pk=administrator).update(own_numbers=[number])
    with pytest.raises(OwnFactors):
        reset_factors(world.officers["clerk"], reason=WHY, by=world.officer("administrator"), at=AT)
    Officer.objects.filter(pk=administrator).update(own_numbers=[])
    reset_factors(world.officers["clerk"], reason=WHY, by=world.officer("administrator"), at=AT)


def test_the_counters_page(world: World) -> None:
    give(world.citizens["mother"])
    desk = desk_of(world, "clerk")
    typed = {"number": number_of(world, "mother"), "reason": WHY}
    assert desk.post("/desk/factors/", typed).status_code == 422
    assert desk.post("/desk/factors/", typed | {"seen": "yes"}).status_code == 302
    assert not Factor.objects.exists()
    assert desk_of(world, "specialist").get("/desk/factors/").status_code == 404
