from datetime import date

import pytest

from camaug.catalogue.definition.fees import FeeItem
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.queries import fees
from tests.unit.catalogue.samples import changed, real

ON = date(2026, 11, 23)


def copy_fee(pages: int) -> int:
    """TT 226/2016/TT-BTC Đ4, page by page."""
    return min(200_000, sum(2_000 if page <= 2 else 1_000 for page in range(1, pages + 1)))


def test_certified_copies_cost_by_page_and_copy_up_to_the_ceiling() -> None:
    definition = real("chung-thuc-ban-sao")
    for pages in range(401):
        for copies in (*range(12), 100, 500):
            answers = {"original_pages": pages, "copies": copies}
            (item,) = fees(definition, answers, Channel.COUNTER, ON)
            assert item.amount == item.full_amount == copy_fee(pages) * copies, answers
            assert not item.verify


@pytest.mark.parametrize(
    ("pages", "copies", "due"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 3, 36_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (250, 2, 400_000),
    ],
)
def test_worked_examples_of_the_certification_fee(pages: int, copies: int, due: int) -> None:
    (item,) = fees(real("chung-thuc-ban-sao"), {"original_pages": pages, "copies": copies}, Channel.COUNTER, ON)
    assert item.amount == due


def birth(born: str, **answers: object) -> dict[str, FeeItem]:
    given = {"child_birth_date": born, "copies_wanted": "NO", **answers}
    return {item.rule: item for item in fees(real("dang-ky-khai-sinh"), given, Channel.ONLINE, ON)}


@pytest.mark.parametrize("born", ["2026-11-23", "2026-10-01", "2026-09-24"])
def test_a_birth_registered_within_sixty_days_is_free(born: str) -> None:
    assert birth(born) == {}


def test_a_late_birth_owes_a_charge_whose_sum_no_text_at_hand_gives() -> None:
    late = birth("2026-09-23")["le-phi-qua-han"]
    assert (late.amount, late.full_amount, late.verify, late.waiver) == (None, None, True, "")


@pytest.mark.parametrize(
    ("group", "amount", "waiver"),
    [
        ("NONE", 8_000, ""),
        ("", 8_000, ""),
        ("MERIT", 0, "Gia đình có công với cách mạng"),
        ("POOR", 0, "Hộ nghèo"),
        ("DISABLED", 0, "Người khuyết tật"),
    ],
)
def test_a_late_birth_is_waived_for_these_groups_once_the_sum_is_known(group: str, amount: int, waiver: str) -> None:
    definition = real("dang-ky-khai-sinh")
    rules = [rule.model_dump(mode="json", by_alias=True) for rule in definition.fees]
    rules[0]["calculation"]["amount"] = 8_000
    known = changed(definition, fees=rules)
    answers = {"child_birth_date": "2026-01-01", "waiver_group": group}
    (item,) = fees(known, answers, Channel.COUNTER, ON)
    assert (item.full_amount, item.amount, item.waiver) == (8_000, amount, waiver)


@pytest.mark.parametrize("group", ["MERIT", "POOR", "DISABLED"])
def test_whoever_is_exempt_owes_nothing_even_where_the_sum_is_not_known(group: str) -> None:
    late = birth("2026-01-01", waiver_group=group)["le-phi-qua-han"]
    assert (late.full_amount, late.amount, late.waiver != "") == (None, 0, True)


@pytest.mark.parametrize(("copies", "due"), [(0, 0), (1, 8_000), (2, 16_000), (50, 400_000)])
def test_copies_of_the_birth_certificate_cost_by_the_piece(copies: int, due: int) -> None:
    asked = birth("2026-11-20", copies_wanted="YES", copies=copies)
    assert asked["phi-ban-sao"].amount == due
    assert "phi-ban-sao" not in birth("2026-11-20", copies=copies)


@pytest.mark.parametrize(
    ("channel", "amount"), [(Channel.COUNTER, 50_000), (Channel.ONLINE, 150_000), (Channel.POST, 150_000)]
)
def test_the_household_business_charge_differs_by_channel_and_waits_for_the_council(
    channel: Channel, amount: int
) -> None:
    (item,) = fees(real("dang-ky-ho-kinh-doanh"), {}, channel, ON)
    assert (item.amount, item.verify) == (amount, True)


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        (date(2026, 6, 30), ["old"]),
        (date(2026, 7, 1), ["new"]),
        (date(2026, 12, 31), ["new"]),
        (date(2027, 1, 1), []),
    ],
)
def test_a_fee_holds_from_its_day_until_the_day_it_ends(on: date, rules: list[str]) -> None:
    definition = real("dang-ky-ho-kinh-doanh")
    base = {"name": "Lệ phí", "kind": "CHARGE", "calculation": {"kind": "FIXED", "amount": 1}, "verify": True}
    dated = [
        {**base, "id": "old", "valid_until": "2026-07-01"},
        {**base, "id": "new", "valid_from": "2026-07-01", "valid_until": "2027-01-01"},
    ]
    assert [item.rule for item in fees(changed(definition, fees=dated), {}, Channel.COUNTER, on)] == rules
