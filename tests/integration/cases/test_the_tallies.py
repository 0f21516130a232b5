"""The kept figures equal a slow, obvious count over the cases, whatever happened and however it was heard of."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.apologise import apologise
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.count import count_anew
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.rate import rate, rate_as_holder
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.reopen import reopen
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.serve import serve
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case, Counted, Extension, Outcome, Rating, Tally
from camaug.cases.queries.counting import COLUMNS, timeliness
from camaug.cases.queries.figures import Figures, Scope, by_month, figures, first_month, total
from camaug.kernel.actors import ANONYMOUS
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribers
from camaug.kernel.errors import DomainError
from camaug.kernel.models import EventRecord
from camaug.people.queries import holders
from tests.applications import carry, copy_intake, send_birth, shop_intake
from tests.world import AT, COMMUNE, DISTRICT, World

ITEM = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ.")
NOVEMBER, DECEMBER, JANUARY = (datetime(2026 + n // 12, n % 12 + 1, 1, tzinfo=LOCAL).date() for n in (10, 11, 12))


def hear(rows: list[EventRecord] | None = None) -> None:
    """Hand events to the keeper: these, or all that ever happened."""
    keeper = next(known for known in subscribers() if known.name == "cases.keep_tallies")
    keeper.react(list(EventRecord.objects.filter(name__in=keeper.to).order_by("id")) if rows is None else rows)


def kept() -> Counter[tuple[object, ...]]:
    """Every number that is kept, by month, agency, procedure, field and column."""
    return +Counter(
        {
            (row.month, row.agency_id, row.procedure, row.field, column): getattr(row, column)
            for row in Tally.objects.all()
            for column in COLUMNS
        }
    )


def counted_slowly(late: Iterable[UUID] = ()) -> Counter[tuple[object, ...]]:
    """The same from the cases themselves, one by one, in the plainest words; `late` were seen to be late once."""
    found = Counter[tuple[object, ...]]()
    for case in Case.objects.exclude(state="DRAFT").select_related("procedure", "version"):
        place = (case.competent_agency_id, case.procedure.code, case.version.field_id)

        def one(at: datetime, column: str, place: tuple[object, ...] = place) -> None:
            found[(at.astimezone(LOCAL).date().replace(day=1), *place, column)] += 1

        if case.received_at:
            one(case.received_at, "received_online" if case.channel == "ONLINE" else "received_direct")
        if case.received_at and case.finished_at:
            supplements = 2 if case.id in late else case.supplements.count()
            one(case.finished_at, how_it_came(case.finished_at, promised(case), supplements))
        if case.state == "REFUSED":
            one(case.finished_at or AT, "refused")
        rating = Rating.objects.filter(case=case).first()
        if rating:
            one(rating.rated_at, rating.satisfaction.lower())
    return found


def promised(case: Case) -> datetime | None:
    """What was promised before an apology, unless the limit has begun anew since."""
    apology = Extension.objects.filter(case=case).first()
    if apology and not case.stops.filter(effect="RESTART", from_at__gte=apology.given_at).exists():
        return apology.due_before
    return case.due_at


def how_it_came(finished_at: datetime, due_at: datetime | None, supplements: int) -> str:
    if supplements >= 2:
        return "late"
    if due_at is None:
        return "undated"
    if finished_at > due_at:
        return "late"
    days = [at.astimezone(LOCAL).date() for at in (finished_at, due_at)]
    return "early" if days[0] < days[1] else "on_time"


class Month:
    """Random days in the life of the small province; whatever the law forbids is refused and changes nothing."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance, self.at = world, Random(seed), AT
        self.late: set[UUID] = set()

    def go(self) -> None:
        """One move, some time later."""
        self.at += timedelta(hours=self.chance.choice((0, 1, 3, 20, 24 * 5)))
        self._look()
        deeds: list[Callable[[], object]] = [self._send, self._serve, self._register]
        deeds += [self._next] * 9 + [self._rate] * 3
        with suppress(DomainError):
            self.chance.choice(deeds)()

    def _look(self) -> None:
        """Write down what is late now, as a clerk with a notebook does."""
        for case in Case.objects.filter(received_at__isnull=False, finished_at=None):
            due = promised(case)
            if due and due < self.at:
                self.late.add(case.id)

    def hear(self) -> None:
        """Some events, in any order, some of them twice."""
        rows = list(EventRecord.objects.filter(name__startswith="cases.").order_by("-id")[:12])
        self.chance.shuffle(rows)
        hear(rows[: self.chance.randint(0, 12)])

    def _send(self) -> object:
        return send_birth(self.world, at=self.at)

    def _serve(self) -> object:
        signer = holders("LEADER", self.world.agencies[COMMUNE], self.at)[0]
        return serve(copy_intake(self.world), signed_by=signer.id, by=self.world.officer("clerk"), at=self.at)

    def _register(self) -> object:
        return register(shop_intake(self.world), by=self.world.officer("district_clerk"), at=self.at)

    def _case(self, *states: str) -> Case:
        found = Case.objects.filter(state__in=states).order_by("id") if states else Case.objects.order_by("id")
        if not found:
            raise DomainError
        return self.chance.choice(list(found))

    def _next(self) -> object:
        case, officer, at = self._case(), self.world.officer, self.at
        return self.chance.choice(
            [
                lambda: receive(case.id, by=officer("clerk"), at=at),
                lambda: refuse(case.id, reason="Sai nơi nộp", by=officer("clerk"), at=at),
                lambda: apologise(case.id, new_date=self._day(), reason="Chờ", by=officer("chairman"), at=at),
                lambda: reopen(case.id, reason="Sai tên", by=officer("chairman"), at=at),
                lambda: request_supplement(case.id, [ITEM], reason="Mờ", by=officer("specialist"), at=at),
                lambda: supplement(case.id, by=self.world.citizen("mother"), at=at),
                lambda: show_draft(case.id, by=officer("specialist"), at=at),
                lambda: answer_draft(case.id, agrees=True, by=self.world.citizen("mother"), at=at),
                lambda: propose(case.id, Outcome.GRANTED, by=officer("specialist"), at=at),
                lambda: approve(case.id, by=officer("chairman"), at=at),
                lambda: deny(case.id, reason="Trùng", by=officer("chairman"), at=at),
                lambda: publish_result(case.id, by=officer("registrar"), at=at),
                lambda: confirm_payment(case.id, way="CASH", by=officer("clerk"), at=at),
                lambda: hand_out(case.id, Receiver("Nguyễn Thị Lan"), by=officer("clerk"), at=at),
            ]
        )()

    def _day(self) -> date:
        return (self.at + timedelta(days=self.chance.randint(1, 9))).date()

    def _rate(self) -> object:
        case = self._case("RESULT_READY", "HANDED_OUT", "REFUSED")
        said = self.chance.choice(("VERY_SATISFIED", "SATISFIED", "NOT_SATISFIED"))
        if case.account_id:
            return rate(case.id, said, by=self.world.citizen("mother"), at=self.at)
        return rate_as_holder(str(case.code), case.applicant_number[-4:], said, by=ANONYMOUS, at=self.at)


@pytest.mark.parametrize("seed", range(5))
def test_after_any_month_the_kept_figures_equal_the_slow_count(world: World, seed: int) -> None:
    month = Month(world, seed)
    for case in [send_birth(world), send_birth(world)][: 1 + seed % 2]:
        carry(world, case, to=("RETURN", "PUBLISH", "APPROVE")[seed % 3])
    for _move in range(40):
        month.go()
        month.hear()
    hear()
    assert sum(kept().values()) > 3
    assert kept() == counted_slowly(month.late)
    hear()
    assert kept() == counted_slowly(month.late), "heard twice"
    assert count_anew() == 0


def test_counting_anew_gives_the_same_and_tells_what_was_wrong(world: World) -> None:
    carry(world, send_birth(world), to="RETURN")
    hear()
    right = kept()
    assert count_anew() == 0
    assert kept() == right
    Tally.objects.update(early=7)
    Counted.objects.all().delete()
    assert count_anew() == 1
    assert kept() == right


@pytest.mark.parametrize(
    ("finished", "due", "supplements", "wanted"),
    [
        ("2026-11-23T16:00", "2026-11-24T17:00", 0, "early"),
        ("2026-11-24T08:00", "2026-11-24T17:00", 0, "on_time"),
        ("2026-11-24T17:00", "2026-11-24T17:00", 1, "on_time"),
        ("2026-11-24T17:01", "2026-11-24T17:00", 0, "late"),
        ("2026-11-23T16:00", "2026-11-24T17:00", 2, "late"),
        ("2026-11-23T16:00", "", 0, "undated"),
        ("2026-11-23T16:00", "", 2, "late"),
    ],
)
def test_early_on_time_late(finished: str, due: str, supplements: int, wanted: str) -> None:
    ended, promised = (datetime.fromisoformat(t).replace(tzinfo=LOCAL) if t else None for t in (finished, due))
    assert ended
    assert timeliness(ended, promised, supplements) == wanted


def november(world: World, *, at: datetime) -> dict[UUID, Figures]:
    hear()
    return figures("agency", NOVEMBER, DECEMBER, at=at)


def test_the_columns_of_the_report_add_up(world: World) -> None:
    carry(world, send_birth(world), to="RETURN")
    carry(world, send_birth(world), to="EXAMINE")
    refuse(send_birth(world).id, reason="Sai nơi", by=world.officer("clerk"), at=AT)
    send_birth(world)
    register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    found = november(world, at=AT + timedelta(hours=1))
    commune = found[world.agencies[COMMUNE]]
    assert (commune.received_online, commune.resolved, commune.open, commune.refused) == (2, 1, 1, 1)
    whole = total(found.values())
    assert (whole.received, whole.received_direct, whole.open, whole.overdue) == (3, 1, 2, 0)
    assert whole.all == whole.resolved + whole.in_time + whole.overdue


def test_what_was_open_is_carried_over_and_what_was_late_stays_late_in_the_past(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    december = datetime.combine(DECEMBER, datetime.min.time(), LOCAL) + timedelta(days=6, hours=9)
    assert november(world, at=december)[world.agencies[COMMUNE]].overdue == 1
    carry_on(world, case, at=december)
    hear()
    was = figures("agency", NOVEMBER, DECEMBER, at=december)[world.agencies[COMMUNE]]
    assert (was.open, was.overdue, was.late) == (1, 1, 0)
    now = figures("agency", DECEMBER, JANUARY, at=december)[world.agencies[COMMUNE]]
    assert (now.carried, now.received, now.late, now.open, now.overdue) == (1, 0, 1, 0, 0)


def test_an_apology_with_a_new_date_makes_nothing_timely(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    assert case.due_at
    later = case.due_at + timedelta(days=3)
    Extension.objects.create(case=case, reason="Mất điện", due_before=case.due_at, due_at=later, given_at=AT)
    Case.objects.filter(pk=case.pk).update(due_at=later)
    at = case.due_at + timedelta(days=1)
    assert november(world, at=at)[world.agencies[COMMUNE]].overdue == 1
    carry_on(world, case, at=at)
    found = november(world, at=at)[world.agencies[COMMUNE]]
    assert (found.late, found.overdue, found.open) == (1, 0, 0)


def carry_on(world: World, case: Case, *, at: datetime) -> None:
    propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=at)
    approve(case.id, by=world.officer("chairman"), at=at)
    publish_result(case.id, by=world.officer("registrar"), at=at)


def test_figures_of_one_agency_or_field_hold_nothing_of_others(world: World) -> None:
    carry(world, send_birth(world), to="RETURN")
    register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    hear()
    here = Scope(agency_id=world.agencies[COMMUNE])
    assert set(figures("procedure", NOVEMBER, DECEMBER, at=AT, scope=here)) == {("ho-tich", "dang-ky-khai-sinh")}
    assert set(figures("agency", NOVEMBER, DECEMBER, at=AT, scope=Scope(field="ho-tich"))) == {world.agencies[COMMUNE]}
    assert set(figures("field", NOVEMBER, DECEMBER, at=AT)) > {"ho-tich"}
    assert by_month(NOVEMBER, DECEMBER, scope=here)[NOVEMBER].received == 1
    assert first_month() == NOVEMBER
    assert world.agencies[DISTRICT]


def _leave_only(cursor: CursorWrapper, *kept: str) -> None:
    """Drop the other indexes until the test is rolled back: on a table this small all cost the same, and the planner's
    choice among them is chance.
    """
    cursor.execute(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'cases_case'::regclass AND NOT indisunique"
    )
    for (name,) in cursor.fetchall():
        if name.strip('"') not in kept:
            cursor.execute(f"DROP INDEX {name}")


def plans(ended: datetime) -> Iterator[str]:
    with CaptureQueriesContext(connection) as asked:
        figures("agency", NOVEMBER, DECEMBER, at=ended)
    with connection.cursor() as cursor:
        _leave_only(cursor, "case_under_way_by_due", "case_finished_late")
        for query in [one["sql"] for one in asked if '"cases_case"' in one["sql"]]:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query}")
            yield "\n".join(str(row[0]) for row in cursor.fetchall())


def test_what_is_overdue_is_found_by_an_index_of_nothing_else(world: World) -> None:
    found = list(plans(AT))
    assert len(found) == 2
    assert "case_under_way_by_due" in found[0]
    assert "case_finished_late" in found[1]
