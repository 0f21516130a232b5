"""Whoever works for an agency takes away what is kept of him there, and nothing of his cases."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import LazySettings
from django.test import Client

from camaug.access.models import Account, ApiToken, Factor, OpenSession
from camaug.kernel.models import EventRecord
from camaug.people.models import Absence, Position
from tests.applications import send_birth
from tests.belongings import message_to
from tests.sessions import enter
from tests.world import AT, World

PAGE = "/desk/my-data/"


@pytest.fixture
def clerk(world: World) -> Account:
    account = Account.objects.get(pk=world.officers["clerk"])
    Factor.objects.create(account=account, kind="TOTP", name="Điện thoại", concealed="BI-MAT-TOTP", created_at=AT)
    ApiToken.objects.create(
        digest="BI-MAT", prefix="cm_abc", name="Máy bàn", account=account, scopes=["read"], created_at=AT, expires_at=AT
    )
    position = Position.objects.get(pk=world.officer("clerk").posts[0].id)
    Absence.objects.create(position=position, from_at=AT, until_at=AT + timedelta(days=1), reason="Nghỉ phép")
    OpenSession.objects.create(
        account=account, session_key="BI-MAT-PHIEN", origin="10.0.0.9", agent="Firefox/140", opened_at=AT, seen_at=AT
    )
    message_to(account.pk)
    return account


def entered(account: Account, ago: timedelta = timedelta()) -> Client:
    client = Client()
    enter(client, account, ago=ago)
    return client


def taken(client: Client) -> tuple[dict[str, Any], str]:
    answer = client.post(PAGE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    archive = ZipFile(BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    return json.loads(archive.read("data.json")), archive.read("index.html").decode()


def test_it_holds_the_entry_the_posts_and_how_one_signs_in(world: World, clerk: Account) -> None:
    send_birth(world)
    told, page = taken(entered(clerk))
    assert told["entry"][0]["official_email"] == clerk.email
    assert {"posts", "absences", "sessions", "factors", "tokens", "notices", "signing_in"} <= told.keys()
    assert told["absences"][0]["reason"] == "Nghỉ phép"
    assert "BI-MAT" not in json.dumps(told) + page
    assert "Máy bàn" in page


def test_nothing_of_cases_or_of_colleagues_is_in_it(world: World, clerk: Account) -> None:
    sent = send_birth(world)
    told, page = taken(entered(Account.objects.get(pk=world.officers["specialist"])))
    assert not {"parcels", "ratings", "searches", "tokens", "absences"} & told.keys()
    assert (sent.code or "") not in json.dumps(told, ensure_ascii=False) + page
    assert (clerk.email or "") not in json.dumps(told)


def test_it_asks_for_a_proof_of_some_minutes_ago(clerk: Account, settings: LazySettings) -> None:
    settings.STEP_UP_MINUTES = 5
    client = entered(clerk, ago=timedelta(minutes=6))
    assert client.post(PAGE).status_code == 403
    assert not EventRecord.objects.filter(name="desk.OwnDataTaken").exists()


def test_that_it_was_taken_is_written_down(clerk: Account) -> None:
    client = entered(clerk)
    assert client.get(PAGE).status_code == 200
    assert not EventRecord.objects.filter(name="desk.OwnDataTaken").exists()
    taken(client)
    assert EventRecord.objects.get(name="desk.OwnDataTaken").subject_id == clerk.pk
