"""What the migration makes of entries and lines of the role book that were there before accounts in office had kinds;
that a whole older database comes through it, tests/integration/runtime/test_older_data_migrates.py tells.
"""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from camaug.access.models import Account
from camaug.kernel.clock import LOCAL, now
from camaug.people.models import Officer, Position, RoleGrant, RoleTerm
from tests.world import World

MIGRATION = import_module("camaug.people.migrations.0012_kinds_of_entries")
DAY = timedelta(days=1)


def run(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)


def held(world: World, key: str) -> Position:
    officer = Account.objects.get(pk=world.officers[key]).officer_id
    return Position.objects.get(officer=officer, main=True)


def entrust(position: Position, *, begins: int, ends: int, revoked: bool = False) -> None:
    """ADMINISTRATOR for a time, in days from now."""
    RoleTerm.objects.create(
        position=position,
        role="ADMINISTRATOR",
        from_at=now() + begins * DAY,
        until_at=now() + ends * DAY,
        reason="x",
        given_by_name="x",
        given_at=now(),
        revoked_at=now() if revoked else None,
    )


def test_whoever_administers_now_or_later_becomes_an_administrator_with_his_account(world: World) -> None:
    today = now().astimezone(LOCAL).date()
    coming, over, mixed = held(world, "clerk"), held(world, "specialist"), held(world, "chairman")
    Position.objects.filter(pk=coming.pk).update(roles=["ADMINISTRATOR"], valid_from=today + DAY)
    Position.objects.filter(pk=over.pk).update(roles=["ADMINISTRATOR"], valid_until=today)
    Position.objects.filter(pk=mixed.pk).update(roles=["ADMINISTRATOR", "LEADER"])
    entrust(held(world, "registrar"), begins=1, ends=2)
    entrust(held(world, "district_clerk"), begins=-2, ends=-1)
    entrust(held(world, "district_head"), begins=-1, ends=1, revoked=True)
    Officer.objects.update(kind="OFFICER")
    run(MIGRATION.GIVE_KINDS)
    found = set(Account.objects.filter(kind="ADMINISTRATOR").values_list("pk", flat=True))
    wanted = ("administrator", "clerk", "chairman", "registrar")
    assert found == {world.officers[key] for key in wanted}
    assert set(Account.objects.exclude(officer=None).exclude(pk__in=found).values_list("kind", flat=True)) == {
        "OFFICER"
    }


@pytest.mark.parametrize("since", [-5, 0])
def test_administrators_leave_operating(world: World, since: int) -> None:
    today = now().astimezone(LOCAL).date()
    RoleGrant.objects.filter(role="ADMINISTRATOR", permission="people.administer").update(valid_from=today - 9 * DAY)
    for permission in ("kernel.try_again", "gateway.resend"):
        begun = today + since * DAY
        RoleGrant.objects.create(
            role="ADMINISTRATOR", permission=permission, reach="PROVINCE", valid_from=begun, granted_at=now()
        )
    before = set(RoleGrant.objects.exclude(permission__in=["kernel.try_again", "gateway.resend"]).values_list())
    run(MIGRATION.LEAVE_OPERATING)
    open_ones = RoleGrant.objects.filter(valid_until=None, permission__in=["kernel.try_again", "gateway.resend"])
    assert set(open_ones.values_list("role", flat=True)) == {"OPERATOR"}
    kept = RoleGrant.objects.filter(role="ADMINISTRATOR", permission="kernel.try_again")
    assert [line.valid_until for line in kept] == ([today] if since else [])
    others = RoleGrant.objects.exclude(permission__in=["kernel.try_again", "gateway.resend"])
    assert set(others.values_list()) == before
