"""Cases with random lives, for reports: copies of one real case at other agencies, in other procedures, on other days."""

from datetime import datetime, timedelta
from random import Random

from camaug.cases.models import Case, Extension, Supplement
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
    of those without an end some wait for a supplement.
    """
    chance, model = Random(seed), send_birth(world)
    versions = list(ProcedureVersion.objects.filter(procedure__code__in=PROCEDURES).order_by("id"))
    values = {f.attname: getattr(model, f.attname) for f in Case._meta.concrete_fields}
    made = [Case(**{**values, **_life(world, chance, versions, n)}) for n in range(number)]
    Case.objects.bulk_create(made, batch_size=1000)
    excused = [case for case in made if case.due_at and chance.random() < 0.1]
    Extension.objects.bulk_create(
        Extension(
            case=case,
            reason="Chờ xác minh.",
            due_before=case.due_at - timedelta(days=7),
            due_at=case.due_at,
            given_at=case.due_at - timedelta(days=8),
        )
        for case in excused
    )
    Supplement.objects.bulk_create(
        Supplement(case=case, items=[], reason="", requested_at=case.received_at + timedelta(days=2))
        for case in made
        if case.state == "SUPPLEMENT_REQUESTED"
    )
    return made


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
        "decided_at": ended,
        "finished_at": ended,
        "second_supplement": chance.random() < 0.05,
        "applicant_name": f"=Người {n}",
    }
