import pytest
from django.urls import reverse

from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from tests.integration.cases.portal.conftest import SignedIn
from tests.integration.cases.portal.journey import BIRTH, answer_pages, begin, fill, sent
from tests.world import COMMUNE, World

pytestmark = pytest.mark.django_db


def test_the_mother_goes_from_the_first_page_to_the_receipt(world: World, signed_in: SignedIn) -> None:
    mother = signed_in("mother")
    case = begin(mother)
    assert answer_pages(mother, case)["Location"].endswith("/office/")
    draft = f"/applications/{case.id}"
    assert mother.get(f"{draft}/office/").status_code == 200
    fill(mother, case, office=world.agencies[COMMUNE])
    shown = mother.get(f"{draft}/check/")
    assert shown.status_code == 200
    assert "Hoàng Nguyễn Bảo An" in shown.content.decode()
    assert "16.000" in shown.content.decode()
    response = mother.post(f"{draft}/check/")
    assert response["Location"] == reverse("citizen:receipt", args=[case.id])
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    assert case.code
    assert case.code in mother.get(response["Location"]).content.decode()


def test_sending_twice_gives_one_code_and_the_same_receipt(world: World, signed_in: SignedIn) -> None:
    mother = signed_in("mother")
    case = sent(mother, office=world.agencies[COMMUNE])
    again = mother.post(f"/applications/{case.id}/check/")
    assert again.status_code == 302
    assert Case.objects.filter(code__isnull=False).count() == 1


def test_beginning_twice_with_one_key_gives_one_draft(world: World, signed_in: SignedIn) -> None:
    mother = signed_in("mother")
    case = begin(mother)
    again = mother.post(f"/apply/{BIRTH}/", {"request_key": str(case.request_key)})
    assert f"/applications/{case.id}/" in again["Location"]
    assert Case.objects.count() == 1
