"""Cases with random lives, for reports: copies of one real case at other agencies, in other procedures, on other days."""

from datetime import datetime, timedelta
from random import Random

from camaug.cases.models import Case, Extension, Stop, Supplement
from camaug.catalogue.models import ProcedureVersion
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from tests.applications import send_birth
from tests.world import COMMUNE, DISTRICT, FINANCE_OFFICE, OTHER_COMMUNE, World

OPENED, CLOSED = datetime(2026, 7, 1, tzinfo=LOCAL), datetime(2026, 11, 20, 16, 30, tzinfo=LOCAL)
PLACES = (COMMUNE, OTHER_COMMUNE, DISTRICT, FINANCE_OFFICE)
PROCEDURES = ("dang-ky-khai-sinh", "chung-thuc-ban-sao", "dang-ky-ho-kinh-doanh", "trich-luc-ho-tich")


def lives(world: World, number: int, *, seed: int = 1) -> list[Case]:
    """So many cases, received between July and November; some promised nothing, some excused, stopped, asked twice;
    of those without an end some wait for a supplement. Supplements are asked in time and late, apologies come before
    and after them, limits begin anew in the same month and in a later one.
    """
    chance, model = Random(seed), send_birth(world)
    versions = list(ProcedureVersion.objects.filter(procedure__code__in=PROCEDURES).order_by("id"))
    values = {f.attname: getattr(model, f.attname) for f in Case._meta.concrete_fields}
    made = [Case(**{**values, **_life(world, chance, versions, n)}) for n in range(number)]
    clocks = [_Clock(case, chance) for case in made]
    for clock in clocks:
        clock.run()
    Case.objects.bulk_create(made, batch_size=1000)
    Extension.objects.bulk_create(row for clock in clocks for row in clock.apologies)
    Supplement.objects.bulk_create(row for clock in clocks for row in clock.supplements)
    Stop.objects.bulk_create(row for clock in clocks for row in clock.stops)
    return made


class _Clock:
    """What happened to a case's time, in order; it writes down, as it goes, by when the case counts as on time."""

    def __init__(self, case: Case, chance: Random) -> None:
        self.case, self.chance = case, chance
        self.until = case.finished_at or CLOSED
        self.apologies: list[Extension] = []
        self.supplements: list[Supplement] = []
        self.stops: list[Stop] = []
        self.late = False

    def run(self) -> None:
        """Up to its end, or up to now."""
        waits = self.case.state == "SUPPLEMENT_REQUESTED"
        asked = self.chance.choice((0, 0, 1, 1, 2)) if not waits else self.chance.choice((1, 1, 2))
        at = self.case.received_at
        assert at
        for turn in range(asked):
            at = self._later(at)
            self._apologise_before(at)
            at = self._ask(at, second=turn > 0, answered=turn + 1 < asked or not waits)
        self._apologise_before(self.until)
        self._look(self.until)

    def _later(self, at: datetime) -> datetime:
        return at + (self.until - at) * self.chance.random() * 0.6

    def _apologise_before(self, at: datetime) -> None:
        case, due = self.case, self.case.due_at
        if self.apologies or due is None or self.chance.random() < 0.8:
            return
        given = min(due, at) - timedelta(minutes=1)
        last = self.stops[-1].until_at if self.stops else case.received_at
        if last is None or given < last:
            return
        case.due_at = due + timedelta(days=self.chance.randint(1, 20))
        why = {"reason": "Chờ xác minh.", "due_before": due, "due_at": case.due_at, "given_at": given}
        self.apologies.append(Extension(case=case, **why))

    def _ask(self, at: datetime, *, second: bool, answered: bool) -> datetime:
        self._look(at)
        case, until = self.case, self._later(at) if answered else None
        row = Supplement(case=case, items=[], reason="", requested_at=at, answered_at=until, second=second)
        self.supplements.append(row)
        case.second_supplement = second
        stop = Stop(
            case=case, ground="SUPPLEMENT", effect="RESTART", from_at=at, until_at=until, due_before=case.due_at
        )
        self.stops.append(stop)
        again = until + timedelta(days=self.chance.randint(1, 25)) if until and case.original_due_at else None
        case.due_at = stop.due_after = again
        if not self.late:
            case.promised_at = again
        return until or self.until

    def _look(self, at: datetime) -> None:
        """From now on what is late is so for good."""
        self.late = self.late or (self.case.promised_at is not None and self.case.promised_at < at)


def _life(world: World, chance: Random, versions: list[ProcedureVersion], n: int) -> dict[str, object]:
    version = chance.choice(versions)
    received = OPENED + timedelta(minutes=chance.randint(0, int((CLOSED - OPENED).total_seconds() // 60)))
    ended = received + timedelta(hours=chance.randint(1, 24 * 40)) if chance.random() < 0.7 else None
    ended = ended if ended and ended <= CLOSED else None
    due = (
        received + timedelta(days=chance.randint(1, 30), hours=chance.randint(0, 8)) if chance.random() < 0.9 else None
    )
    if ended and due and chance.random() < 0.2:
        due = ended + timedelta(minutes=chance.choice((0, 1, -1, 60)))  # at the very edge of late and of the day
    place = world.agencies[chance.choice(PLACES)]
    return {
        "id": uuid7(),
        "code": f"H12.99-2607{n // 10000:02}-{n % 10000:04}",
        "request_key": None,
        "state": ("STOPPED" if n % 7 == 0 else "HANDED_OUT")
        if ended
        else ("SUPPLEMENT_REQUESTED" if n % 5 == 0 else "IN_PROCESS"),
        "channel": chance.choice(("ONLINE", "COUNTER", "POST")),
        "procedure_id": version.procedure_id,
        "version_id": version.id,
        "competent_agency_id": place,
        "receiving_agency_id": place,
        "holder_unit_id": place,
        "participants": [place],
        "submitted_at": received,
        "received_at": received,
        "original_due_at": due,
        "due_at": due,
        "promised_at": due,
        "decided_at": ended,
        "finished_at": ended,
        "applicant_name": f"=Người {n}",
    }
