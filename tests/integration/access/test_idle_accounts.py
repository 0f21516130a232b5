"""Officers' accounts that nobody uses: told of, closed in time, opened again; all rights end with the closing."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings as site
from django.test import Client

from camaug.access.account_rules import AccountRules, read_rules, rules_at
from camaug.access.actions.accept_invitation import accept_invitation
from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.close_account import close_account
from camaug.access.actions.close_idle import close_idle
from camaug.access.actions.foretell_idleness import foretell_idleness
from camaug.access.actions.invite import NotToInvite, invite
from camaug.access.actions.issue_token import issue_token
from camaug.access.actions.reopen_account import NotClosed, WhyMissing, reopen_account
from camaug.access.invitations import link_of
from camaug.access.models import Account, AccountDecision, ApiToken, OpenSession
from camaug.access.queries import caller_by_secret
from camaug.access.queries.standings import Standing, stand_of
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.problems import NotSignedIn
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from tests.desks import desk_of
from tests.world import AT, World

MAIL = {"clerk": "tanan_tranthiminh@camau.gov.vn", "administrator": "stttt_nguyenhuuphuoc@camau.gov.vn"}
PASSWORD, NEW = "rừng đước Năm Căn 1", "một câu chỉ mình tôi nói 7"
DAY = timedelta(days=1)


@pytest.fixture
def clerk(world: World) -> Account:
    """The clerk has chosen a password, and not come since."""
    load_profile(site.PROFILE, at=AT, progress=lambda _done, _total: None)
    activate_officer(MAIL["clerk"], password=PASSWORD, by=SYSTEM, at=AT)
    Account.objects.update(created_at=AT)
    return Account.objects.get(pk=world.officers["clerk"])


def night(at: datetime) -> None:
    while foretell_idleness(by=SYSTEM, at=at, batch=1):
        pass
    while close_idle(by=SYSTEM, at=at, batch=1):
        pass


def closed(account: Account) -> bool:
    account.refresh_from_db()
    return not account.is_active


def told(name: str) -> int:
    return EventRecord.objects.filter(name=f"access.{name}").count()


def test_the_days_are_the_profiles_and_dated() -> None:
    rules = rules_at(AT)
    assert (rules.idle_days, rules.idle_warned_days, rules.review_months) == (45, 7, 6)
    assert read_rules(site.PROFILE)[0] == rules
    with pytest.raises(ValueError, match="told before"):
        AccountRules(**(rules.model_dump() | {"idle_warned_days": 45}))


@pytest.mark.parametrize(
    ("days", "warned", "shut"), [(37, False, False), (38, True, False), (44, True, False), (45, True, True)]
)
def test_after_so_many_days_the_officer_is_told_and_then_the_account_closes(
    clerk: Account, days: int, warned: bool, shut: bool
) -> None:
    for day in range(36, days + 1):
        night(AT + day * DAY)
    assert (told("IdlenessForetold"), closed(clerk), told("AccountClosedAsIdle")) == (warned, shut, shut)


def test_nobody_is_closed_who_was_not_told_in_time(clerk: Account) -> None:
    late = AT + 300 * DAY
    night(late)
    assert (told("IdlenessForetold"), closed(clerk)) == (1, False)
    assert EventRecord.objects.get(name="access.IdlenessForetold").facts == {"closes_on": str((late + 7 * DAY).date())}
    night(late + 6 * DAY)
    assert not closed(clerk)
    night(late + 7 * DAY)
    assert closed(clerk)


@pytest.mark.parametrize("use", ["sign-in", "password", "token"])
def test_any_use_begins_the_count_anew_also_after_the_warning(world: World, clerk: Account, use: str) -> None:
    night(AT + 38 * DAY)
    used = AT + 40 * DAY
    if use == "sign-in":
        Account.objects.filter(pk=clerk.pk).update(last_login=used)
    elif use == "password":
        Account.objects.filter(pk=clerk.pk).update(password_at=used)
    else:
        issue_token("Chương trình", scopes=("read",), days=90, level="LoA1", by=world.officer("clerk"), at=AT)
        ApiToken.objects.filter(account=clerk).update(last_used_at=used)
    night(AT + 60 * DAY)
    assert not closed(clerk)
    assert told("IdlenessForetold") == 1
    for day in (78, 85):
        night(AT + day * DAY)
    assert (told("IdlenessForetold"), closed(clerk)) == (2, True)


def test_an_account_that_was_closed_meanwhile_makes_no_token(world: World, clerk: Account) -> None:
    by = world.officer("clerk")
    Account.objects.filter(pk=clerk.pk).update(is_active=False)
    with pytest.raises(NotFound):
        issue_token("Chương trình", scopes=("read",), days=90, level="LoA1", by=by, at=AT)
    assert not ApiToken.objects.exists()


def test_repeated_in_the_same_night_it_does_nothing_more(clerk: Account) -> None:
    for at in (AT + 38 * DAY, AT + 45 * DAY):
        for _ in range(3):
            night(at)
    assert (told("IdlenessForetold"), told("AccountClosedAsIdle"), closed(clerk)) == (1, 1, True)


def test_citizens_and_who_was_never_activated_are_not_concerned(world: World, clerk: Account) -> None:
    for day in (200, 220):
        night(AT + day * DAY)
    assert set(Account.objects.filter(is_active=False)) == {clerk}
    assert Account.objects.get(pk=world.citizens["mother"]).is_active


def test_one_administrator_stays_however_long_he_was_away(world: World, clerk: Account) -> None:
    activate_officer(MAIL["administrator"], password=PASSWORD, by=SYSTEM, at=AT)
    for day in (200, 220):
        night(AT + day * DAY)
    assert closed(clerk)
    assert Account.objects.get(pk=world.officers["administrator"]).is_active


def test_with_the_closing_everything_ends_at_once(world: World, clerk: Account) -> None:
    made = issue_token("Chương trình", scopes=("read",), days=90, level="LoA1", by=world.officer("clerk"), at=AT)
    client = Client()
    client.post("/desk/sign-in/", {"email": MAIL["clerk"], "password": PASSWORD})
    assert OpenSession.objects.filter(account=clerk).exists()
    Account.objects.filter(pk=clerk.pk).update(last_login=AT)
    for day in (38, 45):
        night(AT + day * DAY)
    assert client.get("/desk/tokens/").status_code == 302
    with pytest.raises(NotSignedIn):
        caller_by_secret(made.secret, at=AT + 45 * DAY, origin="")
    reopen_account(clerk.pk, reason="Đi học về", by=world.officer("administrator"), at=AT + 46 * DAY)
    assert client.get("/desk/tokens/").status_code == 302
    assert not OpenSession.objects.filter(account=clerk).exists()
    assert ApiToken.objects.get(account=clerk).revoked_at == AT + 45 * DAY


def test_an_administrator_opens_it_again_with_a_reason_and_the_count_begins_anew(world: World, clerk: Account) -> None:
    for day in (38, 45):
        night(AT + day * DAY)
    by, back = world.officer("administrator"), AT + 50 * DAY
    with pytest.raises(WhyMissing):
        reopen_account(clerk.pk, reason="  ", by=by, at=back)
    with pytest.raises(NotAllowed):
        reopen_account(clerk.pk, reason="Đi học về", by=world.officer("chairman"), at=back)
    reopen_account(clerk.pk, reason=" Đi học về ", by=by, at=back)
    assert not closed(clerk)
    assert clerk.check_password(PASSWORD)
    kept = AccountDecision.objects.get()
    assert (kept.reason, kept.by_name, kept.kind) == ("Đi học về", by.name, "REOPENED")
    with pytest.raises(NotClosed):
        reopen_account(clerk.pk, reason="Đi học về", by=by, at=back)
    night(back + 37 * DAY)
    assert not closed(clerk)
    assert told("IdlenessForetold") == 1


def test_a_fresh_invitation_opens_it_too_but_not_one_that_somebody_closed(world: World, clerk: Account) -> None:
    for day in (38, 45):
        night(AT + day * DAY)
    back, by = AT + 50 * DAY, world.officer("administrator")
    assert clerk.officer_id
    assert stand_of(clerk.officer_id, at=back).standing == Standing.IDLE
    made = invite(clerk.pk, by_mail=True, until=back + DAY, by=by, at=back)
    accept_invitation(link_of(made.id).split("/")[2], password=NEW, by=ANONYMOUS, at=back)
    assert not closed(clerk)
    close_account(clerk.pk, by=by, at=back)
    assert stand_of(clerk.officer_id, at=back).standing == Standing.CLOSED
    with pytest.raises(NotToInvite):
        invite(clerk.pk, by_mail=True, until=back + DAY, by=by, at=back)


def test_the_officer_reads_when_it_closes_and_that_it_was(clerk: Account) -> None:
    for day in (38, 45):
        night(AT + day * DAY)
    tell = next(one for one in subscribers() if one.name == "notify.accounts")
    tell.react(list(EventRecord.objects.filter(name__in=tell.to).order_by("id")))
    bodies = [one.body for one in Message.objects.filter(account=clerk).order_by("id")]
    assert date(2027, 1, 7) == (AT + 45 * DAY).date()
    assert "07/01/2027" in bodies[0]
    assert len(bodies) == 2


def test_it_is_opened_on_the_page_of_the_account(world: World, clerk: Account) -> None:
    Account.objects.filter(pk=clerk.pk).update(is_active=False)
    desk, page = desk_of(world, "administrator"), f"/desk/administration/officers/{clerk.officer_id}/account/"
    assert "Mở lại tài khoản" in desk.get(page).content.decode()
    assert desk.post(f"{page}reopening/", {"reason": ""}).status_code == 422
    assert desk.post(f"{page}reopening/", {"reason": "Đi học về"}).status_code == 302
    assert "Đi học về" in desk.get(page).content.decode()
    assert not closed(clerk)
