"""Every kind of rule that a fee or a time limit may have, as a table: what goes in, what comes out."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation
from pydantic import TypeAdapter, ValidationError

from camaug.catalogue.definition.eform import EForm, FormField
from camaug.catalogue.definition.fees import FeeRule, Waiver, fees_of
from camaug.catalogue.definition.limits import Channel, TimeLimit
from camaug.catalogue.forms.checking import check
from camaug.catalogue.leaflet.leaflet import Leaflet, leaflet
from camaug.kernel.clock import LOCAL
from camaug.worktime.deadlines import due_at
from camaug.worktime.queries import calendar_of_profile
from tests.unit.catalogue.samples import PROFILE, changed, real

ON = date(2026, 10, 5)  # a Monday
SHOP = "dang-ky-ho-kinh-doanh"

FIXED = {"kind": "FIXED", "amount": 100_000}
PER_COPY = {"kind": "PER_UNIT", "amount": 8_000, "of": "copies", "ceiling": 50_000}
BY_PAGE = {
    "kind": "TIERED",
    "of": "pages",
    "tiers": [{"up_to": 2, "amount": 2_000}, {"up_to": None, "amount": 1_000}],
    "ceiling": 200_000,
    "times": "copies",
}
BY_LENGTH = {
    "kind": "BANDED",
    "of": "minutes",
    "bands": [
        {"up_to": 50, "amount": 1_500_000},
        {"up_to": 100, "amount": 2_000_000},
        {"up_to": 150, "amount": None},
        {"up_to": None, "amount": 5_000_000},
    ],
}
BY_WHO_AND_WHERE = {
    "kind": "TABLE",
    "times": "shops",
    "cases": [
        {"name": "Tổ chức, ở thành phố", "amount": 1_200_000,
         "when": {"all": [{"field": "who", "is": "ORGANISATION"}, {"field": "where", "is": "TOWN"}]}},
        {"name": "Tổ chức, nơi khác", "amount": 600_000, "when": {"field": "who", "is": "ORGANISATION"}},
        {"name": "Hộ kinh doanh, ở thành phố", "amount": 400_000, "when": {"field": "where", "is": "TOWN"}},
        {"name": "Hộ kinh doanh, nơi khác", "amount": None, "when": {"field": "where", "is": "ELSEWHERE"}},
    ],
}  # fmt: skip


def rule(calculation: dict[str, Any], **more: Any) -> FeeRule:
    return FeeRule.model_validate(
        {"id": "phi", "name": "Phí", "kind": "SERVICE_FEE", "calculation": calculation, "verify": True, **more}
    )


@pytest.mark.parametrize(
    ("calculation", "answers", "amount"),
    [
        (FIXED, {}, 100_000),
        ({"kind": "FIXED", "amount": None}, {}, None),
        (PER_COPY, {}, 0),
        (PER_COPY, {"copies": 3}, 24_000),
        (PER_COPY, {"copies": 6}, 48_000),
        (PER_COPY, {"copies": 7}, 50_000),
        (BY_PAGE, {"pages": 3}, 0),
        (BY_PAGE, {"pages": 2, "copies": 1}, 4_000),
        (BY_PAGE, {"pages": 3, "copies": 2}, 10_000),
        (BY_PAGE, {"pages": 198, "copies": 1}, 200_000),
        (BY_PAGE, {"pages": 500, "copies": 3}, 600_000),
        (BY_LENGTH, {}, 0),
        (BY_LENGTH, {"minutes": 0}, 0),
        (BY_LENGTH, {"minutes": 1}, 1_500_000),
        (BY_LENGTH, {"minutes": 50}, 1_500_000),
        (BY_LENGTH, {"minutes": 51}, 2_000_000),
        (BY_LENGTH, {"minutes": 101}, None),
        (BY_LENGTH, {"minutes": 151}, 5_000_000),
        ({**BY_LENGTH, "times": "shows"}, {"minutes": 40, "shows": 3}, 4_500_000),
        ({**BY_LENGTH, "bands": [{"up_to": 50, "amount": 1}]}, {"minutes": 51}, 0),
        (BY_WHO_AND_WHERE, {}, 0),
        (BY_WHO_AND_WHERE, {"who": "ORGANISATION", "where": "TOWN", "shops": 1}, 1_200_000),
        (BY_WHO_AND_WHERE, {"who": "ORGANISATION", "where": "ELSEWHERE", "shops": 2}, 1_200_000),
        (BY_WHO_AND_WHERE, {"who": "HOUSEHOLD", "where": "TOWN", "shops": 3}, 1_200_000),
        (BY_WHO_AND_WHERE, {"who": "HOUSEHOLD", "where": "ELSEWHERE", "shops": 1}, None),
    ],
)
def test_each_kind_of_calculation(calculation: dict[str, Any], answers: dict[str, Any], amount: int | None) -> None:
    (item,) = fees_of((rule(calculation),), answers, channel=Channel.COUNTER, on=ON)
    assert item.amount == amount


ONLINE_HALF = {"id": "qua-mang", "name": "Nộp qua mạng", "share": 50, "channels": ["ONLINE"],
               "valid_until": "2027-01-01", "verify": True}  # fmt: skip
POOR = {"id": "ho-ngheo", "name": "Hộ nghèo", "when": {"field": "group", "is": "POOR"}, "verify": True}
STUDENT = {"id": "sinh-vien", "name": "Sinh viên", "when": {"field": "group", "is": "STUDENT"}, "share": 30,
           "channels": ["COUNTER", "ONLINE"], "valid_from": "2026-07-01", "verify": True}  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "on", "group", "amount", "waiver"),
    [
        ("COUNTER", date(2026, 10, 5), "", 100_000, ""),
        ("ONLINE", date(2026, 10, 5), "", 50_000, "Nộp qua mạng"),
        ("ONLINE", date(2026, 12, 31), "", 50_000, "Nộp qua mạng"),
        ("ONLINE", date(2027, 1, 1), "", 100_000, ""),
        ("POST", date(2026, 10, 5), "", 100_000, ""),
        ("COUNTER", date(2026, 10, 5), "POOR", 0, "Hộ nghèo"),
        ("ONLINE", date(2026, 10, 5), "POOR", 0, "Hộ nghèo"),
        ("ONLINE", date(2026, 10, 5), "STUDENT", 50_000, "Nộp qua mạng"),
        ("ONLINE", date(2027, 1, 1), "STUDENT", 70_000, "Sinh viên"),
        ("COUNTER", date(2026, 6, 30), "STUDENT", 100_000, ""),
        ("COUNTER", date(2026, 7, 1), "STUDENT", 70_000, "Sinh viên"),
        ("POST", date(2026, 7, 1), "STUDENT", 100_000, ""),
    ],
)
def test_the_waiver_that_takes_off_most_counts(channel: str, on: date, group: str, amount: int, waiver: str) -> None:
    priced = rule(FIXED, waivers=[ONLINE_HALF, POOR, STUDENT])
    (item,) = fees_of((priced,), {"group": group}, channel=Channel(channel), on=on)
    assert (item.full_amount, item.amount, item.waiver) == (100_000, amount, waiver)


@pytest.mark.parametrize(
    ("channel", "on", "rules"),
    [
        ("COUNTER", date(2026, 6, 30), {"cu"}),
        ("COUNTER", date(2026, 7, 1), {"moi"}),
        ("ONLINE", date(2026, 7, 1), {"moi", "qua-mang"}),
        ("ONLINE", date(2027, 1, 1), {"moi"}),
    ],
)
def test_rules_hold_by_day_and_channel(channel: str, on: date, rules: set[str]) -> None:
    dated = (
        rule(FIXED, id="cu", valid_until="2026-07-01"),
        rule(FIXED, id="moi", valid_from="2026-07-01"),
        rule(FIXED, id="qua-mang", channels=["ONLINE"], valid_until="2027-01-01"),
    )
    assert {item.rule for item in fees_of(dated, {}, channel=Channel(channel), on=on)} == rules


@pytest.mark.parametrize(
    ("bands", "reason"),
    [
        ([{"up_to": 100, "amount": 1}, {"up_to": 50, "amount": 2}], "bands rise, and only the last is open"),
        ([{"up_to": 50, "amount": 1}, {"up_to": 50, "amount": 2}], "bands rise, and only the last is open"),
        ([{"up_to": None, "amount": 1}, {"up_to": 50, "amount": 2}], "bands rise, and only the last is open"),
    ],
)
def test_bands_that_cannot_be_read_are_refused(bands: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        rule({"kind": "BANDED", "of": "minutes", "bands": bands})


def test_a_waiver_says_for_whom_or_where_or_until_when() -> None:
    with pytest.raises(ValidationError, match="says neither for whom nor by which channel nor until when"):
        Waiver.model_validate({"id": "x", "name": "X", "verify": True})


LIMITS = [
    {"amount": 15, "unit": "WORKING_DAYS", "verify": True, "valid_until": "2026-07-01"},
    {"amount": 10, "unit": "WORKING_DAYS", "verify": True, "valid_from": "2026-07-01"},
    {"amount": 12, "unit": "WORKING_DAYS", "verify": True, "valid_from": "2026-07-01", "channels": ["POST"]},
    {"amount": 30, "unit": "CALENDAR_DAYS", "verify": True, "valid_from": "2026-07-01",
     "when": {"field": "trial", "is": "YES"}, "when_text": "Phải vận hành thử nghiệm"},
    {"amount": 20, "unit": "WORKING_DAYS", "verify": True, "channels": ["ONLINE"],
     "when": {"field": "place", "is": "HARD"}, "when_text": "Xã đặc biệt khó khăn"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "on", "answers", "amount"),
    [
        ("COUNTER", date(2026, 6, 30), {}, 15),
        ("COUNTER", date(2026, 7, 1), {}, 10),
        ("POST", date(2026, 6, 30), {}, 15),
        ("POST", date(2026, 7, 1), {}, 12),
        ("POST", date(2026, 7, 1), {"trial": "NO"}, 12),
        ("POST", date(2026, 7, 1), {"trial": "YES"}, 30),
        ("COUNTER", date(2026, 7, 1), {"trial": "YES"}, 30),
        ("COUNTER", date(2026, 6, 30), {"trial": "YES"}, 15),
        ("COUNTER", date(2026, 7, 1), {"place": "HARD"}, 10),
        ("ONLINE", date(2026, 7, 1), {"place": "HARD"}, 20),
        ("ONLINE", date(2026, 7, 1), {"place": "HARD", "trial": "YES"}, 20),
    ],
)
def test_the_narrowest_limit_in_force_holds(channel: str, on: date, answers: dict[str, str], amount: int) -> None:
    made = changed(real(SHOP), limits=LIMITS, scenarios=[])
    assert made.limit_for(Channel(channel), on, answers).amount == amount


def test_a_limit_for_some_cases_says_for_which() -> None:
    with pytest.raises(ValidationError, match="says in when_text for which"):
        TimeLimit.model_validate({**LIMITS[3], "when_text": ""})


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        ({"amount": 0, "unit": "WORKING_DAYS"}, "2026-10-05T08:00", "2026-10-05T17:00"),
        ({"amount": 0, "unit": "WORKING_DAYS", "cutoff": "15:00", "cutoff_effect": "NEXT_DAY"},
         "2026-10-05T15:00", "2026-10-05T17:00"),
        ({"amount": 0, "unit": "WORKING_DAYS", "cutoff": "15:00", "cutoff_effect": "NEXT_DAY"},
         "2026-10-05T15:01", "2026-10-06T17:00"),
        ({"amount": 0, "unit": "WORKING_DAYS", "cutoff": "15:00", "cutoff_effect": "NEXT_DAY"},
         "2026-10-09T16:00", "2026-10-12T17:00"),
        ({"amount": 1, "unit": "WORKING_DAYS", "cutoff": "15:00", "cutoff_effect": "HAND_OVER_ONLY"},
         "2026-10-05T16:00", "2026-10-06T17:00"),
        ({"amount": 2, "unit": "WORKING_HOURS"}, "2026-10-05T10:00", "2026-10-05T14:00"),
        ({"amount": 8, "unit": "WORKING_HOURS"}, "2026-10-05T15:00", "2026-10-06T15:00"),
        ({"amount": 3, "unit": "WORKING_DAYS"}, "2026-10-08T09:00", "2026-10-13T17:00"),
        ({"amount": 3, "unit": "WORKING_DAYS"}, "2026-11-20T09:00", "2026-11-26T17:00"),
        ({"amount": 10, "unit": "CALENDAR_DAYS"}, "2026-10-05T09:00", "2026-10-15T17:00"),
        ({"amount": 5, "unit": "CALENDAR_DAYS"}, "2026-10-05T09:00", "2026-10-12T17:00"),
        ({"amount": 1, "unit": "MONTHS"}, "2026-10-30T09:00", "2026-11-30T17:00"),
    ],
)  # fmt: skip
def test_each_kind_of_limit_by_the_profile_s_working_time(limit: dict[str, Any], received: str, due: str) -> None:
    made = TimeLimit.model_validate({**limit, "verify": True})
    assert made.span is not None
    at = datetime.fromisoformat(received).replace(tzinfo=LOCAL)
    found = due_at(at, made.span, calendar_of_profile(PROFILE), made.late_rule)
    assert f"{found:%Y-%m-%dT%H:%M}" == due


@pytest.mark.parametrize(
    ("lead", "day", "sentence"),
    [
        ({"amount": 5, "unit": "WORKING_DAYS"}, "2026-10-12", ""),
        ({"amount": 5, "unit": "WORKING_DAYS"}, "2026-10-11",
         "Apply at least 5 working days ahead: the earliest day is 12/10/2026."),
        ({"amount": 1, "unit": "WORKING_DAYS"}, "2026-10-05",
         "Apply at least 1 working day ahead: the earliest day is 06/10/2026."),
        ({"amount": 20, "unit": "CALENDAR_DAYS"}, "2026-10-25", ""),
        ({"amount": 20, "unit": "CALENDAR_DAYS"}, "2026-10-24",
         "Apply at least 20 days ahead: the earliest day is 25/10/2026."),
    ],
)  # fmt: skip
def test_an_event_is_registered_so_long_ahead(lead: dict[str, Any], day: str, sentence: str) -> None:
    asked = {"id": "starts", "label": "Ngày tổ chức", "type": "DATE", "lead": {**lead, "verify": True}}
    page = {"id": "ngay", "title": "Ngày", "fields": [asked]}
    form = TypeAdapter(EForm).validate_python(
        {"title": "Đơn", "verify": True, "sections": [{"id": "mot", "title": "Một", "pages": [page]}]}
    )
    calendar = calendar_of_profile(PROFILE)
    with translation.override("en"):
        found = check(form, {"starts": day}, on=ON, calendar=calendar)
        later = check(form, {"starts": day}, on=date(2026, 12, 1), filed=ON, calendar=calendar)
    assert found == later == ({"starts": sentence} if sentence else {})


def test_only_a_day_has_a_lead() -> None:
    with pytest.raises(ValidationError, match="only a DATE has a lead"):
        FormField.model_validate(
            {"id": "x", "label": "X", "type": "TEXT", "lead": {"amount": 1, "unit": "WORKING_DAYS", "verify": True}}
        )


def told(**changes: Any) -> Leaflet:
    with translation.override("vi"):
        return leaflet(changed(real(SHOP), scenarios=[], **changes), ON)


def test_people_read_every_kind_of_price_in_words() -> None:
    minutes = real(SHOP).form.fields()[-1].id
    rules = [
        rule({**BY_LENGTH, "of": minutes}, waivers=[ONLINE_HALF, POOR]).model_dump(mode="json", by_alias=True),
        rule({**BY_WHO_AND_WHERE, "times": None}, foreign={"amount": 10, "currency": "USD", "per": "bản"}).model_dump(
            mode="json", by_alias=True
        ),
    ]
    length, where = told(fees=rules).fees
    assert [example.sum.replace("\u00a0", " ") for example in length.examples] == [
        "1.500.000 đồng", "2.000.000 đồng", "Số tiền đang kiểm chứng", "5.000.000 đồng",
    ]  # fmt: skip
    assert [example.case.rsplit(" ", 2)[-2:] for example in length.examples] == [
        ["đến", "50"], ["đến", "100"], ["đến", "150"], ["trên", "150"],
    ]  # fmt: skip
    assert length.waivers == ("Hộ nghèo",)
    assert length.reductions == ("Nộp qua mạng (giảm 50 %), đến hết ngày 31/12/2026",)
    assert where.examples[0].case == "Tổ chức, ở thành phố"
    assert where.abroad == "Làm tại cơ quan đại diện Việt Nam ở nước ngoài: 10 USD một bản."


def test_people_read_which_limit_is_for_which_case() -> None:
    lines = [(line.whose, line.words) for line in told(limits=LIMITS).times]
    assert lines == [
        ("Qua mạng hoặc tại Bộ phận Một cửa", "10 ngày làm việc"),
        ("Qua bưu chính", "12 ngày làm việc"),
        ("Phải vận hành thử nghiệm", "30 ngày"),
        ("Xã đặc biệt khó khăn, qua mạng", "20 ngày làm việc"),
    ]
