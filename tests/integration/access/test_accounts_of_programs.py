"""Technical and service accounts: an owner, a purpose, an end, a token; nobody signs in by them, no role is ever theirs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from camaug.access.actions.open_machine_account import Machine, open_machine_account
from camaug.access.actions.rotate_machine_token import rotate_machine_token
from camaug.access.models import Account
from camaug.access.queries import caller_by_secret
from camaug.access.queries.machines import machines
from camaug.kernel.actors import SYSTEM, ActorKind
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.problems import NotSignedIn
from tests.desks import desk_of
from tests.world import AT, World

PAGE = "/desk/administration/programs/"
OWNER = "tanan_tranthiminh@camau.gov.vn"
MACHINE: dict[str, Any] = {
    "kind": "SERVICE",
    "name": "Chép lưu",
    "purpose": "Đối soát danh mục thủ tục hằng đêm",
    "owner": OWNER,
    "days": 30,
}


def opened(**changes: Any) -> str:
    return open_machine_account(Machine(**{**MACHINE, **changes}), by=SYSTEM, at=AT).secret


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "OFFICER"),
        ("kind", "ADMINISTRATOR"),
        ("name", " "),
        ("purpose", ""),
        ("owner", "khong-co@camau.gov.vn"),
        ("days", 0),
        ("days", 367),
    ],
)
def test_what_an_account_needs(world: World, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        opened(**{field: value})
    assert set(refused.value.errors) == {field}
    assert not machines(at=AT)


def test_a_technical_account_is_bound_to_one_system(world: World) -> None:
    with pytest.raises(InvalidInput):
        opened(kind="TECHNICAL")
    opened(kind="TECHNICAL", client="Hệ thống họp")
    opened(client="Hệ thống họp")
    assert {(one.kind, one.client) for one in machines(at=AT)} == {("TECHNICAL", "Hệ thống họp"), ("SERVICE", "")}


def test_only_administrators_open_and_renew(world: World) -> None:
    for key in ("clerk", "chairman"):
        with pytest.raises(NotAllowed):
            open_machine_account(Machine(**MACHINE), by=world.officer(key), at=AT)
        with pytest.raises(NotAllowed):
            rotate_machine_token(Account.objects.all()[0].id, by=world.officer(key), at=AT)
        assert desk_of(world, key).get(PAGE).status_code == 404


def test_its_token_is_nobodys_person_and_ends_with_it(world: World) -> None:
    secret = opened()
    actor = caller_by_secret(secret, at=AT, origin="").caller.actor
    assert (actor.kind, actor.name, actor.posts, actor.person_id) == (ActorKind.ANONYMOUS, "Chép lưu", (), None)
    assert caller_by_secret(secret, at=AT + timedelta(days=30, microseconds=-1), origin="")
    with pytest.raises(NotSignedIn):
        caller_by_secret(secret, at=AT + timedelta(days=30), origin="")
    assert [one.state for one in machines(at=AT + timedelta(days=30))] == ["ended"]
    with pytest.raises(NotFound):
        rotate_machine_token(machines(at=AT)[0].id, by=SYSTEM, at=AT + timedelta(days=30))


def test_a_new_token_takes_the_place_of_all_earlier_ones(world: World) -> None:
    first = opened()
    second = rotate_machine_token(machines(at=AT)[0].id, by=SYSTEM, at=AT).secret
    assert caller_by_secret(second, at=AT, origin="")
    with pytest.raises(NotSignedIn):
        caller_by_secret(first, at=AT, origin="")
    assert {row.name for row in EventRecord.objects.filter(name__startswith="access.Token")} == {
        "access.TokenIssued",
        "access.TokenRevoked",
    }


# what the database refuses, whoever writes: a program's account with what makes a person, a person's with a program's
IMPOSSIBLE: list[tuple[str, str]] = [
    *(
        ("SERVICE", column)
        for column in (
            "email = 'x@camau.gov.vn'",
            "phone = '+84918000111'",
            "password = 'argon2$x'",
            "officer_id = owner_id",
            "person_id = (SELECT id FROM people_person LIMIT 1)",
            "owner_id = NULL",
            "expires_at = NULL",
            "purpose = ''",
            "name = ''",
            "client = 'x'",
            "kind = 'OFFICER'",
            "kind = 'CITIZEN'",
            "kind = 'TECHNICAL'",
        )
    ),
    ("TECHNICAL", "client = ''"),
    ("TECHNICAL", "kind = 'SERVICE'"),
    *(
        (kind, column)
        for kind in ("OFFICER", "CITIZEN")
        for column in ("purpose = 'x'", "client = 'x'", "expires_at = now()", "name = 'x'", "kind = 'SERVICE'")
    ),
]


@pytest.mark.parametrize(("kind", "change"), IMPOSSIBLE)
def test_no_account_is_of_two_kinds(world: World, kind: str, change: str) -> None:
    opened()
    opened(kind="TECHNICAL", client="Hệ thống họp")
    one = Account.objects.filter(kind=kind).order_by("id")[0]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE access_account SET {change} WHERE id = %s", [one.id])


def test_the_registry_opens_renews_and_closes(world: World) -> None:
    desk: Client = desk_of(world, "administrator")
    assert "Chưa có phần mềm nào" in desk.get(PAGE).content.decode()
    assert desk.post(PAGE, {**MACHINE, "owner": "ai"}).status_code == 422
    shown = desk.post(PAGE, MACHINE).content.decode()
    secret = re.search(r"cmg_[\w-]{43}", shown)
    assert secret
    assert secret[0] not in desk.get(PAGE).content.decode()
    client = Client()
    asked = {"Authorization": f"Bearer {secret[0]}"}
    assert client.get("/api/v1/procedures", headers=asked).status_code == 200
    assert client.get("/api/v1/cases", headers=asked).status_code in (401, 403, 404)
    account = Account.objects.get(kind="SERVICE")
    renewed = re.search(r"cmg_[\w-]{43}", desk.post(PAGE, {"renew": str(account.id)}).content.decode())
    assert renewed
    assert client.get("/api/v1/procedures", headers=asked).status_code == 401
    assert desk.post(PAGE, {"close": str(account.id)}).status_code == 302
    assert client.get("/api/v1/procedures", headers={"Authorization": f"Bearer {renewed[0]}"}).status_code == 401
    assert desk.post(PAGE, {"close": str(Account.objects.filter(kind="OFFICER")[0].id)}).status_code == 404
    assert "đã đóng" in desk.get(PAGE).content.decode()
