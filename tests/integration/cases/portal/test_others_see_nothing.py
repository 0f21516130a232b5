"""One citizen never reaches another's application, file or form: every page answers as if it were not there."""

import pytest
from django.urls import reverse

from camaug.cases.models import Case, CaseFile
from tests.applications import carry, send_birth
from tests.integration.cases.portal.conftest import SignedIn
from tests.integration.cases.portal.journey import begin, photo
from tests.urls import Url, every_url
from tests.world import World

pytestmark = pytest.mark.django_db

OF_A_CASE = [url for url in every_url() if url.name.startswith("citizen:") and "case" in url.parameters]


def path_of(url: Url, case: Case) -> str:
    ids = {
        "case": case.id,
        "page": "ten-con",
        "paper": "giay-chung-sinh",
        "file": CaseFile.objects.filter(case=case).values_list("id", flat=True).first() or case.id,
        "slip": case.slips.values_list("id", flat=True).first() or case.id,
        "result": case.results.values_list("id", flat=True).first() or case.id,
    }
    return reverse(url.name, kwargs={name: ids[name] for name in url.parameters})


def test_every_page_of_a_sent_application_is_the_owners_alone(world: World, signed_in: SignedIn) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    before = Case.objects.values().get(pk=case.pk)
    other = signed_in("shopkeeper")
    for url in OF_A_CASE:
        path = path_of(url, case)
        assert other.get(path).status_code == 404, path
        assert other.post(path, {"remove": str(case.id), "send": "yes"}).status_code == 404, path
    assert Case.objects.values().get(pk=case.pk) == before


def test_every_page_of_a_draft_is_the_owners_alone(world: World, signed_in: SignedIn) -> None:
    mother, other = signed_in("mother"), signed_in("shopkeeper")
    case = begin(mother)
    mother.post(f"/applications/{case.id}/papers/", {"giay-to-tuy-than": photo(), "upload": "yes"})
    assert case.files.count() == 1
    for url in OF_A_CASE:
        path = path_of(url, case)
        assert other.get(path).status_code == 404, path
        assert other.post(path, {"child_name": "Kẻ Lạ", "way": "POST"}).status_code == 404, path
    assert Case.objects.filter(pk=case.pk, delivery_way="COUNTER").exists()


def test_the_owner_reaches_all_of_them(world: World, signed_in: SignedIn) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    mother = signed_in("mother")
    for url in OF_A_CASE:
        assert mother.get(path_of(url, case)).status_code in (200, 302), url.name


def test_a_key_of_somebody_elses_draft_begins_nothing(world: World, signed_in: SignedIn) -> None:
    case = begin(signed_in("mother"))
    other = signed_in("shopkeeper")
    assert other.post("/apply/dang-ky-khai-sinh/", {"request_key": str(case.request_key)}).status_code == 404
    assert other.post("/apply/dang-ky-khai-sinh/", {"request_key": "x"}).status_code == 404
    assert Case.objects.count() == 1
