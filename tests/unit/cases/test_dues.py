"""What a case costs, by day, channel, condition and what was paid already, as a table."""

from datetime import date, datetime
from typing import Any

import pytest

from camaug.cases.dues import Dues, counted
from camaug.cases.models import Case, Payment
from camaug.catalogue.definition.fees import Waiver
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.clock import LOCAL
from tests.unit.catalogue.samples import catalogue

CUT = {"source": "NQ", "confidence": "M", "valid_from": date(2026, 8, 15), "valid_until": date(2027, 2, 28)}


@pytest.fixture(scope="module")
def record() -> Definition:
    """The judicial record, 200.000 đồng, cut by half online from 15 August 2026 to 27 February 2027."""
    known = catalogue().definitions.values()
    made = next(one for one in known if one.code == "cap-phieu-ly-lich-tu-phap")
    (rule, *others) = made.fees
    online = Waiver(id="truc-tuyen", name="Nộp trực tuyến", channels=(Channel.ONLINE,), share=50, **CUT)
    rules = (rule.model_copy(update={"waivers": (*rule.waivers, online)}), *others)
    return made.model_copy(update={"fees": rules})


def case_of(*, on: date = date(2026, 11, 20), channel: Channel = Channel.COUNTER, **answers: Any) -> Case:
    return Case(
        answers={"fee_group": "NONE", "copies": 1, **answers},
        channel=channel,
        submitted_at=datetime(on.year, on.month, on.day, 9, tzinfo=LOCAL),
    )


def payment(made: Definition, case: Case, state: str) -> Payment:
    """All that the case costs as it stands, asked for."""
    known = counted(case, made, ())
    items = [item.model_dump(mode="json") for item in known.items]
    return Payment(case=case, items=items, amount=known.more, state=state)


@pytest.mark.parametrize(
    ("on", "channel", "group", "owed"),
    [
        (date(2026, 11, 20), Channel.COUNTER, "NONE", 200_000),
        (date(2026, 11, 20), Channel.ONLINE, "NONE", 100_000),
        (date(2026, 8, 14), Channel.ONLINE, "NONE", 200_000),
        (date(2026, 8, 15), Channel.ONLINE, "NONE", 100_000),
        (date(2027, 2, 28), Channel.ONLINE, "NONE", 200_000),
        (date(2026, 11, 20), Channel.POST, "NONE", 200_000),
        (date(2026, 11, 20), Channel.COUNTER, "STUDENT", 100_000),
        (date(2026, 11, 20), Channel.ONLINE, "CHILD", 0),
    ],
)
def test_a_waiver_by_day_channel_or_group_is_counted(
    record: Definition, on: date, channel: Channel, group: str, owed: int
) -> None:
    known = counted(case_of(on=on, channel=channel, fee_group=group), record, ())
    assert (known.more, known.back, known.is_paid) == (owed, 0, owed == 0)


@pytest.mark.parametrize(
    ("state", "was", "now", "more", "back"),
    [
        ("OWED", "NONE", "STUDENT", 100_000, 0),
        ("OWED", "STUDENT", "NONE", 200_000, 0),
        ("OWED", "NONE", "CHILD", 0, 0),
        ("PAID", "STUDENT", "NONE", 100_000, 0),
        ("PAID", "NONE", "STUDENT", 0, 100_000),
        ("PAID", "NONE", "CHILD", 0, 200_000),
        ("PAID", "NONE", "NONE", 0, 0),
    ],
)
def test_what_was_asked_and_paid_stands_beside_what_is_due(
    record: Definition, state: str, was: str, now: str, more: int, back: int
) -> None:
    asked = payment(record, case_of(fee_group=was), state)
    known: Dues = counted(case_of(fee_group=now), record, (asked,))
    assert (known.more, known.back) == (more, back)
    assert sum(item.amount or 0 for item in known.rest()) == more


def test_one_rule_paid_too_much_covers_another(record: Definition) -> None:
    (rule, *_others) = record.fees
    second = rule.model_copy(update={"id": "thu-hai", "name": "Thứ hai", "waivers": ()})
    made = record.model_copy(update={"fees": (rule, second)})
    paid = payment(record, case_of(), "PAID")
    known = counted(case_of(fee_group="STUDENT"), made, (paid,))
    assert [(item.rule, item.amount) for item in known.rest()] == [("thu-hai", 100_000)]
    assert (known.more, known.back) == (100_000, 0)
