"""`camaug load cases`: copies of what the actions made, as the actions would have left them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from camaug.access.models import Account
from camaug.cases.models import Case, CodeSeries, Counted, Tally, Volume
from camaug.cases.queries.counting import COLUMNS
from camaug.cases.volume import checking
from camaug.cases.volume.loading import OtherLoad, load_cases
from camaug.kernel.models import EventRecord
from camaug.people.models import Person
from camaug.people.numbers import PersonalNumber, parse_phone
from tests.world import AT, World

NUMBER = 240


class Killed(Exception):
    """The load ends here."""


@contextmanager
def silent(_title: str) -> Iterator[Callable[[int, int], None]]:
    yield lambda _done, _total: None


def load(step: Callable[..., object] = silent, *, portion: int = 5_000, number: int = NUMBER, seed: int = 3) -> int:
    return load_cases(number, seed=seed, profile=settings.PROFILE, at=AT, step=step, portion=portion)


@pytest.fixture(scope="module")
def once(province: World, django_db_blocker: DjangoDbBlocker) -> None:
    """A load for all tests of the module, within the province's transaction."""
    with django_db_blocker.unblock():
        assert load() == NUMBER


@pytest.fixture
def loaded(once: None, world: World) -> list[Case]:
    return list(Case.objects.order_by("id"))


def test_every_copy_is_as_its_actions_would_have_left_it(loaded: list[Case]) -> None:
    assert len(loaded) == NUMBER
    assert checking.replay([case.id for case in loaded]) == {}
    assert checking.counters() == []
    assert {case.state for case in loaded} > {"HANDED_OUT"}


def test_the_crowd_has_right_numbers_phones_and_accounts(loaded: list[Case]) -> None:
    crowd = Person.objects.filter(id__in=[case.applicant_id for case in loaded])
    accounts = {one.person_id: one for one in Account.objects.filter(person__in=crowd)}
    for person in crowd:
        number = PersonalNumber.parse(person.personal_number or "")
        assert person.birth_date is not None
        assert (number.birth_year, number.sex) == (person.birth_date.year, person.sex)
        assert parse_phone(person.phone) == person.phone == accounts[person.id].phone
    assert all(case.folded.startswith((case.code or "").partition("-")[2]) for case in loaded)
    names = {one.id: one.folded for one in crowd}
    assert all(names[case.applicant_id] in case.folded for case in loaded if case.applicant_id)


def test_the_same_seed_makes_the_same_cases(world: World) -> None:
    found, before = [], list(Case.objects.values_list("id", flat=True))
    for _time in range(2):
        with transaction.atomic():
            load(number=60, seed=4)
            found.append(
                list(
                    Case.objects.exclude(pk__in=before)
                    .order_by("code")
                    .values_list("code", "applicant_name", "state", "due_at")
                )
            )
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_a_load_that_is_killed_leaves_whole_cases_and_goes_on(world: World) -> None:
    @contextmanager
    def killing(title: str) -> Iterator[Callable[[int, int], None]]:
        def tell(done: int, _total: int) -> None:
            if title == "Copying cases" and done > 40:
                raise Killed

        yield tell

    before = Case.objects.count()
    with pytest.raises(Killed):
        load(killing, portion=20, number=60, seed=5)
    assert (Case.objects.count() - before, Volume.objects.get(seed=5).done) == (40, 40)
    assert checking.replay(list(Case.objects.values_list("id", flat=True))) == {}
    assert checking.counters() == []
    assert load(portion=20, number=60, seed=5) == 20
    assert load(portion=20, number=60, seed=5) == 0
    assert (Case.objects.count() - before, checking.counters()) == (60, [])


def test_a_seed_stands_for_one_load(loaded: list[Case]) -> None:
    with pytest.raises(OtherLoad):
        load(number=NUMBER + 1)


def test_a_fault_of_each_kind_is_noticed(loaded: list[Case]) -> None:
    case = next(case for case in loaded if case.state == "IN_PROCESS" and case.due_at)
    ids, late = [case.id], case.latest_at + timedelta(hours=1)
    faults: dict[str, Callable[[], object]] = {
        "its events lead to": lambda: Case.objects.filter(pk=case.pk).update(state="SUPPLEMENTED"),
        "due 2": lambda: Case.objects.filter(pk=case.pk).update(due_at=late),
        "step due": lambda: Case.objects.filter(pk=case.pk).update(step_due_at=late),
        "latest": lambda: Case.objects.filter(pk=case.pk).update(latest_at=late),
        "does not see it": lambda: Case.objects.filter(pk=case.pk).update(participants=[]),
        "the tallies know": lambda: Counted.objects.filter(pk=case.pk).delete(),
        "another code": lambda: _forge(case, "cases.CaseAssigned", {"code": "H12-1"}),
        "receive from": lambda: _forge(case, "cases.CaseReceived", {"code": case.code}),
    }
    for words, spoil in faults.items():
        with transaction.atomic():
            spoil()
            (wrong,) = checking.replay(ids).values()
            assert any(words in one for one in wrong), (words, wrong)
            transaction.set_rollback(True)


def test_a_gap_and_a_wrong_sum_are_noticed(loaded: list[Case]) -> None:
    series = CodeSeries.objects.order_by("agency_code", "day").first()
    assert series is not None
    CodeSeries.objects.filter(pk=series.pk).update(last=series.last + 1)
    Tally.objects.filter(pk=Tally.objects.order_by("month").values_list("pk", flat=True)[0]).update(early=999)
    told = checking.counters()
    assert any(one.startswith("codes of") for one in told)
    assert any(one.startswith("early:") for one in told)
    assert "early" in COLUMNS


def _forge(case: Case, name: str, facts: dict[str, object]) -> None:
    model = EventRecord.objects.filter(subject_id=case.pk).order_by("-id")[0]
    EventRecord.objects.create(name=name, subject_id=case.pk, actor_kind="STAFF", at=model.at, facts=facts)
    assert connection.in_atomic_block
