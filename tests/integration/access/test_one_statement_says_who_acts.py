"""The statement that says who acts finds what the readable query finds, for everybody at every sort of instant."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.access.actions.issue_token import issue_token
from camaug.access.models import Account
from camaug.access.queries import actor_of, caller_by_secret
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.rest import Scope
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.link_officer import link_officer
from camaug.people.models import Absence, Business, Officer, Position
from camaug.people.queries import asked_once, directory, officer, own_of, positions_of
from camaug.people.representing import Representation
from tests.world import AT, World

DAY = timedelta(days=1)


def in_words(account: Account, at: datetime) -> tuple[str, tuple[object, ...]]:
    """Name and posts as the readable queries say."""
    assert account.officer_id is not None
    posts = tuple(position.post(at) for position in positions_of(account.officer_id, at))
    return officer(account.officer_id).full_name, posts


def everybody_is_away_in_turn() -> None:
    """Each main post is stood in for by the next officer in service, on days of its own; every seventh by nobody.

    But for administrators and operators: nobody else stands in for them, nor they for others.
    """
    main = Position.objects.filter(main=True, valid_until=None, officer__kind="OFFICER")
    rows = list(main.select_related("officer").order_by("id"))
    for number, (one, other) in enumerate(pairwise(rows)):
        if one.officer_id == other.officer_id:
            continue
        begun = AT + (number % 5) * DAY
        declare_absence(
            one.id,
            stand_in_id=other.officer_id if number % 7 else None,
            from_at=begun,
            until_at=begun + 2 * DAY,
            by=SYSTEM,
            at=AT,
        )


def somebody_is_known_as_a_citizen() -> None:
    """Nobody but two officers, of whom one is said to represent a business with a tax code and one without; one who said a number."""
    Officer.objects.update(own_numbers=[])
    for number, officer_ in enumerate(Officer.objects.order_by("id")[:2]):
        person = link_officer(officer_.id, personal_number=f"09619000000{number}", by=SYSTEM, at=AT)
        if number:
            for tax_code in ("2001234567", None):
                firm = Business.objects.create(name="x", tax_code=tax_code)
                Representation.objects.create(business=firm, person=person, capacity="LEGAL", declared_at=AT)
    third = Officer.objects.order_by("id")[2]
    Officer.objects.filter(pk=third.pk).update(own_numbers=["096190000000", "096190000009"])


def test_it_finds_what_the_readable_query_finds(world: World) -> None:
    everybody_is_away_in_turn()
    first, second, third = Officer.objects.filter(stands_in__isnull=False).distinct()[:3]
    Officer.objects.filter(pk=first.id).update(left_date=(AT + DAY).date())
    Position.objects.filter(officer=second).update(valid_until=(AT + DAY).date())
    Position.objects.filter(officer=third).update(valid_from=(AT + 2 * DAY).date())
    somebody_is_known_as_a_citizen()
    compared = stood_in = led = own = 0
    instants = [datetime.combine(date(2020, 1, 1), AT.timetz())]
    instants += [AT + hours * timedelta(hours=1) for hours in (-1, 0, 20, 24, 48, 71, 72, 100, 2000)]
    for account in Account.objects.filter(officer__isnull=False):
        for at in instants:
            actor = actor_of(account, at=at, origin="test")
            assert (actor.name, actor.posts) == in_words(account, at)
            assert actor.own == own_of([account.officer_id]).get(account.officer_id, frozenset())
            own += bool(actor.own)
            stood_in += any(post.instead_of for post in actor.posts)
            led += bool(actor.led_unit_ids)
            compared += 1
    assert compared > 100
    assert stood_in > 20
    assert led
    assert own == 3 * len(instants)


def test_a_token_opens_the_same_actor_as_the_account(world: World) -> None:
    everybody_is_away_in_turn()
    for actor in [*map(world.officer, world.officers), *map(world.citizen, world.citizens)]:
        secret = issue_token("x", scopes=Scope, days=9, level="LoA2", by=actor, at=AT).secret
        at = AT + DAY
        account = Account.objects.get(pk=actor.account_id)
        opened = caller_by_secret(secret, at=at, origin="test").caller
        assert opened.actor == actor_of(account, at=at, origin="test")
        assert (opened.key, opened.scopes) == (str(account.id), frozenset(Scope))


def test_a_stand_in_is_known_at_once(world: World) -> None:
    clerk, other = world.officer("clerk"), world.officer("specialist")
    secret = issue_token("x", scopes=Scope, days=9, level="LoA2", by=other, at=AT).secret

    def acting() -> Actor:
        return caller_by_secret(secret, at=AT, origin="").caller.actor

    assert clerk.post is not None
    assert not any(post.instead_of for post in acting().posts)
    stand_in = Account.objects.get(pk=other.account_id).officer_id
    declare_absence(clerk.post.id, stand_in_id=stand_in, from_at=AT, until_at=AT + DAY, by=SYSTEM, at=AT)
    assert acting().posts[-1].instead_of == clerk.name
    Absence.objects.all().delete()
    assert not any(post.instead_of for post in acting().posts)


def test_it_is_one_statement_which_tells_the_directorys_revision_too(world: World) -> None:
    secret = issue_token("x", scopes=Scope, days=9, level="LoA2", by=world.officer("chairman"), at=AT).secret
    with asked_once(), CaptureQueriesContext(connection) as asked:
        assert caller_by_secret(secret, at=AT, origin="").caller.actor.post is not None
        directory(AT.date())
    assert len([one for one in asked if "people_agencyterm" not in one["sql"]]) == 1


def test_only_who_may_be_more_than_his_own_posts_say_is_asked_about_twice(world: World) -> None:
    clerk, other = world.officer("clerk"), world.officer("specialist")
    secrets = [issue_token("x", scopes=Scope, days=9, level="LoA2", by=one, at=AT).secret for one in (clerk, other)]
    stand_in = Account.objects.get(pk=other.account_id).officer_id
    assert clerk.post is not None
    declare_absence(clerk.post.id, stand_in_id=stand_in, from_at=AT, until_at=AT + DAY, by=SYSTEM, at=AT)
    for secret, times in zip(secrets, (1, 2), strict=True):
        caller_by_secret(secret, at=AT, origin="")
        with asked_once(), CaptureQueriesContext(connection) as asked:
            caller_by_secret(secret, at=AT, origin="")
        assert len(asked) == times
