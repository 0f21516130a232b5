"""The profile's procedures are of every level and of every field of a citizen's and a business's life."""

import pytest

from camaug.catalogue.definition.procedure import Definition
from tests.unit.catalogue.samples import catalogue

LEVELS = {"COMMUNE", "DISTRICT", "PROVINCE"}
FIELDS = {
    "civil status and certification": {"ho-tich", "chung-thuc"},
    "residence": {"cu-tru"},
    "land": {"dat-dai"},
    "construction": {"xay-dung"},
    "business": {"ho-kinh-doanh", "doanh-nghiep", "cong-thuong"},
    "social protection": {"bao-tro-xa-hoi"},
    "meritorious persons": {"nguoi-co-cong"},
    "labour": {"lao-dong-viec-lam"},
    "transport": {"duong-bo"},
    "education": {"giao-duc"},
    "health practice": {"kham-chua-benh", "duoc"},
    "fisheries and aquaculture": {"thuy-san"},
    "food safety": {"an-toan-thuc-pham"},
    "environment": {"moi-truong"},
    "culture": {"van-hoa"},
    "justice": {"ly-lich-tu-phap"},
}
"""Which of the profile's own fields each of them is."""
FISHERIES = {"dang-ky-tau-ca", "giay-phep-khai-thac-thuy-san", "giay-xac-nhan-nuoi-trong-thuy-san"}
"""Vessels, fishing, farming: one field of the profile for all three."""


def asked_for() -> list[Definition]:
    """Whatever can be applied for by itself."""
    return [made for made in catalogue().definitions.values() if not made.part_only]


def test_there_are_procedures_enough_and_some_of_each_level() -> None:
    made = asked_for()
    assert len(made) >= 32
    assert {one.competence.level for one in made} == LEVELS


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_procedure(field: str) -> None:
    assert FIELDS[field] - {one.field for one in asked_for()} == set()


def test_fishing_and_farming_both_have_theirs() -> None:
    assert {one.code for one in asked_for() if one.field == "thuy-san"} >= FISHERIES
