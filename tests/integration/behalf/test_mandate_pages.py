"""The pages of mandates: what the helper's form takes, and how an officer confirms."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.witness_mandate import witness_mandate
from camaug.access.models import Account
from camaug.behalf.actions.confirm_mandate import IdentityPaperMissing
from camaug.behalf.models import Mandate
from camaug.kernel.clock import now
from tests.helping import HELPED, HELPER, ask_to_help, begin_for_another, let_help
from tests.sessions import enter
from tests.world import AT, World


def test_an_officer_confirms_only_as_one_who_has_just_shown_who_he_is(world: World) -> None:
    asked, clerk = ask_to_help(world, at=now()), Client()
    account, paper = Account.objects.get(pk=world.officers["clerk"]), {"identity_paper": "Căn cước 096164000987"}
    enter(clerk, account, ago=timedelta(hours=2))
    clerk.post(f"/desk/mandates/{asked.id}/", paper)
    assert not Mandate.objects.confirmed().exists()
    enter(clerk, account)
    assert clerk.post(f"/desk/mandates/{asked.id}/", paper).status_code == 302
    assert Mandate.objects.confirmed().count() == 1


def test_an_officer_confirms_twenty_times_a_day(world: World) -> None:
    asked, by = ask_to_help(world), world.officer("clerk")
    for _ in range(20):
        with pytest.raises(IdentityPaperMissing):
            witness_mandate(asked.id, identity_paper="", by=by, at=AT)
    with pytest.raises(TooManyAttempts):
        witness_mandate(asked.id, identity_paper="Căn cước 096164000987", by=by, at=AT)


def test_a_helper_reads_the_list_of_what_he_helps_with(world: World) -> None:
    case = begin_for_another(world, let_help(world, at=now()), at=now())
    for key, seen in ((HELPER, [str(case.id)]), (HELPED, [])):
        client = Client()
        enter(client, Account.objects.get(pk=world.citizens[key]))
        assert [row["id"] for row in client.get("/api/v1/helped-cases").json()["items"]] == seen


def test_a_helper_is_not_asked_how_the_person_is_reached(world: World) -> None:
    draft, pages = begin_for_another(world, let_help(world, at=now()), at=now()), {}
    for key, answer in ((HELPER, 302), (HELPED, 422)):
        client = Client()
        enter(client, Account.objects.get(pk=world.citizens[key]))
        pages[key] = client.get(reverse("citizen:delivery", args=[draft.id])).content.decode()
        assert client.post(reverse("citizen:delivery", args=[draft.id]), {"way": "COUNTER"}).status_code == answer
    assert 'name="phone"' in pages[HELPED]
    assert 'name="phone"' not in pages[HELPER]


def test_what_is_no_procedure_and_no_field_is_not_asked_for(world: World) -> None:
    helper, day = Client(), now() + timedelta(days=30)
    enter(helper, Account.objects.get(pk=world.citizens[HELPER]))
    typed = {
        "number": "096164000987",
        "name": "Trần Thị Năm",
        "relation": "RELATIVE",
        "scope": ["procedure:dang-ky-khai-sinh", "field:ho-tich", "field:khong-co"],
        "acts": ["SUBMIT"],
        "until-day": day.day,
        "until-month": day.month,
        "until-year": day.year,
    }
    assert helper.post("/mandates/request/", typed).status_code == 302
    made = Mandate.objects.latest("proposed_at")
    assert (made.procedures, made.fields) == (["dang-ky-khai-sinh"], ["ho-tich"])
    assert helper.post("/mandates/request/", {**typed, "scope": ["field:khong-co"]}).status_code == 422
