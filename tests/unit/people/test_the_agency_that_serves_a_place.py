"""Vertical bodies stand in trees of their own: what serves a place is found by the place."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from camaug.people.queries.directory import AgencyView, Directory

PROVINCE, NGOC_HIEN, NAM_CAN, TAN_AN = (UUID(int=n) for n in range(1, 5))
NOBODY = AgencyView(
    id=UUID(int=0), code="", code_is_placeholder=False, synthetic=False, name="", short_name="", name_en="",
    parent_id=None, kind="", kind_name="", heading="", motto="", star="", level="", level_name="", level_rank=0,
    place_id=None, place_code="", place_name="", address="", phone="", email="", hours="", valid_from=date(2020, 1, 1), valid_until=None,
)  # fmt: skip


def agency(number: int, kind: str, place: UUID | None, parent: int | None = None) -> AgencyView:
    above = None if parent is None else UUID(int=parent)
    return replace(NOBODY, id=UUID(int=number), code=f"H12.{number}", kind=kind, place_id=place, parent_id=above)


TREE = Directory(
    [
        agency(10, "COMMITTEE", PROVINCE),
        agency(11, "COMMITTEE", NGOC_HIEN, 10),
        agency(12, "COMMITTEE", NAM_CAN, 10),
        agency(13, "COMMITTEE", TAN_AN, 11),
        agency(20, "TAX", PROVINCE, 10),
        agency(21, "TAX", NAM_CAN, 20),
        agency(22, "TAX", NGOC_HIEN, 20),
        agency(30, "POLICE", PROVINCE, 10),
        agency(31, "POLICE", NGOC_HIEN, 30),
        agency(32, "POLICE", TAN_AN, 31),
        agency(40, "OFFICE", NGOC_HIEN, 10),
        agency(41, "OFFICE", NGOC_HIEN, 11),
        agency(50, "NOWHERE", None, 11),
    ]
)


@pytest.mark.parametrize(
    ("kind", "seen_from", "serves"),
    [
        ("TAX", 13, 22),  # the commune has none; the district's stands in the tax bodies' own tree
        ("TAX", 12, 21),
        ("TAX", 10, 20),
        ("POLICE", 13, 32),
        ("POLICE", 12, 30),  # no police of its own: the province's
        ("COMMITTEE", 13, 13),
        ("OFFICE", 11, 41),  # its own office before another of the kind at the same place
        ("OFFICE", 12, None),
        ("NOWHERE", 11, None),
    ],
)
def test_it_is_the_nearest_of_its_kind(kind: str, seen_from: int, serves: int | None) -> None:
    found = TREE.serving(kind, UUID(int=seen_from))
    assert (found.id.int if found else None) == serves
