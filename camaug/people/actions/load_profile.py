from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import batched

from django.db import connection, models, transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.grants import OfficeKind, kind_of
from camaug.kernel.text import accented, fold, name_sort_key
from camaug.people.actions.load_grants import load_grants
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.events import ProfileLoaded
from camaug.people.models import (
    Agency,
    AgencyKind,
    AgencyLevel,
    AgencyTerm,
    Officer,
    Place,
    Position,
    Role,
)
from camaug.people.policy import ADMINISTER
from camaug.people.profile.agencies import AgencyPlan
from camaug.people.profile.places import COMMUNE, DISTRICT, PROVINCE, PlacePlan
from camaug.people.profile.plan import Plan
from camaug.people.profile.reading import Settings
from camaug.people.profile.staff import OfficerPlan
from camaug.people.queries.matching import searchable

BATCH = 2000

type Progress = Callable[[int, int], None]


def load_profile(plan: Plan, *, progress: Progress, by: Actor, at: datetime) -> None:
    """Write what the profile holds and the database does not yet; what is there stays as it is, whatever became of it.

    Identifiers are fixed by the profile, so that an agency is known again after its code was replaced by the real one.
    """
    ADMINISTER.check(by, None)
    settings = plan.settings
    with transaction.atomic():
        _load_words(plan)
        rows: list[Sequence[models.Model]] = [
            _new(Place, (_place(settings, place) for place in plan.places)),
            _new(Agency, (_agency(settings, agency) for agency in plan.agencies)),
        ]
        known = {row.id for row in rows[1] if isinstance(row, Agency)}
        terms = (_term(settings, agency) for agency in plan.agencies)
        rows.append([term for term in terms if term.agency_id in known])
        taken = set(Officer.objects.values_list("official_email", flat=True))
        officers = [officer for officer in plan.officers if officer.email not in taken]
        rows.append([_officer(settings, officer) for officer in officers])
        rows.append([position for officer in officers for position in _positions(settings, officer)])
        load_grants(settings, plan.grants, by=by, at=at)
        _write(rows, progress)
        if any(rows):
            _count_anew()
            renew_directory()
            places, agencies = len(rows[0]), len(rows[1])
            loaded = ProfileLoaded(
                subject=settings.fixed_id("profile"),
                profile=settings.code,
                agencies=agencies,
                officers=len(officers),
                places=places,
            )
            record(loaded, by=by, at=at)


def _count_anew() -> None:
    """Tables that were empty a moment ago are full: the planner of questions has to know."""
    tables = [
        connection.ops.quote_name(model._meta.db_table) for model in (Place, Agency, AgencyTerm, Officer, Position)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _load_words(plan: Plan) -> None:
    tables: list[tuple[type[models.Model], list[dict[str, object]], list[str]]] = [
        (AgencyLevel, plan.levels, ["name", "rank"]),
        (AgencyKind, plan.kinds, ["name", "heading", "motto", "star"]),
        (Role, plan.roles, ["name", "description", "duties"]),
    ]
    for model, values, fields in tables:
        rows = [model(**value) for value in values]
        model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)


def _new[M: models.Model](model: type[M], rows: Iterable[M]) -> list[M]:
    known = set(model._default_manager.values_list("pk", flat=True))
    return [row for row in rows if row.pk not in known]


def _write(tables: list[Sequence[models.Model]], progress: Progress) -> None:
    total, done = sum(len(rows) for rows in tables), 0
    progress(done, total)
    for rows in tables:
        for batch in batched(rows, BATCH):
            type(batch[0])._default_manager.bulk_create(batch)
            done += len(batch)
            progress(done, total)


_ABOVE = {DISTRICT: PROVINCE, COMMUNE: DISTRICT}


def _place(settings: Settings, plan: PlacePlan) -> Place:
    return Place(
        id=settings.fixed_id("place", plan.kind, plan.code),
        code=plan.code,
        name=plan.name,
        full_name=plan.full_name,
        folded=fold(searchable(plan.full_name)),
        accented=accented(searchable(plan.full_name)),
        kind=plan.kind,
        parent_id=settings.fixed_id("place", _ABOVE[plan.kind], plan.parent) if plan.parent else None,
        valid_from=settings.since,
    )


def _agency(settings: Settings, plan: AgencyPlan) -> Agency:
    return Agency(
        id=settings.fixed_id("agency", plan.code),
        code=plan.code,
        code_is_placeholder=plan.placeholder,
        synthetic=plan.synthetic,
        valid_from=settings.since,
    )


def _term(settings: Settings, plan: AgencyPlan) -> AgencyTerm:
    return AgencyTerm(
        id=settings.fixed_id("term", plan.code),
        agency_id=settings.fixed_id("agency", plan.code),
        valid_from=settings.since,
        name=plan.name,
        short_name=plan.short_name,
        name_en=plan.name_en,
        folded=fold(searchable(f"{plan.name} {plan.short_name}")),
        parent_id=settings.fixed_id("agency", plan.parent) if plan.parent else None,
        kind_id=plan.kind,
        level_id=plan.level,
        place_id=settings.fixed_id("place", *plan.place) if plan.place else None,
        address=plan.address,
        hours=plan.hours,
    )


def _officer(settings: Settings, plan: OfficerPlan) -> Officer:
    return Officer(
        id=settings.fixed_id("officer", plan.email),
        full_name=plan.full_name,
        sort_key=name_sort_key(plan.full_name),
        folded=fold(plan.full_name),
        accented=accented(plan.full_name),
        official_email=plan.email,
        own_numbers=[plan.number],
        synthetic=True,
        kind=next((kind_of(role) for one in plan.positions for role in one.roles), OfficeKind.OFFICER),
    )


def _positions(settings: Settings, plan: OfficerPlan) -> list[Position]:
    return [
        Position(
            id=settings.fixed_id("position", plan.email, position.agency, position.title),
            officer_id=settings.fixed_id("officer", plan.email),
            agency_id=settings.fixed_id("agency", position.agency),
            title=position.title,
            roles=list(position.roles),
            main=number == 0,
            valid_from=settings.since,
        )
        for number, position in enumerate(plan.positions)
    ]
