"""What a one-stop counter takes in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from camaug.cases.models import Case
from camaug.catalogue.definition.procedure import Applicant
from camaug.catalogue.queries import (
    NoCompetentAgency,
    NotReceivedHere,
    ProcedureHit,
    by_agency,
    competent_agency,
    definition,
)
from camaug.kernel.clock import LOCAL
from camaug.kernel.text import sort_key
from camaug.people.queries import AgencyView, directory
from camaug.people.queries.matching import NO_MATCH, match_rank

USE_COUNTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that the agency receives. `immediate`: it may be done on the spot; `uses`: cases in 90 days."""

    hit: ProcedureHit
    immediate: bool
    uses: int


def offers(
    agency: AgencyView, *, at: datetime, words: str = "", applicant: Applicant | None = None
) -> tuple[Offer, ...]:
    """What the agency receives, the most used first; with words only what fits them, best match first; where it is
    known who comes only what such applicants may apply for.
    """
    on = at.astimezone(LOCAL).date()
    used = _uses(agency, at)
    found = [
        Offer(hit, definition(hit.version_id).process.immediate, used.get(hit.code, 0))
        for hit in by_agency(agency.kind, agency.level, on)
        if _received_by(agency, hit, at) and (applicant is None or definition(hit.version_id).admits(applicant))
    ]
    if not words.strip():
        return tuple(sorted(found, key=lambda offer: (-offer.uses, sort_key(offer.hit.plain_name))))
    ranked = [(match_rank(_spoken(offer), words), -offer.uses, offer) for offer in found]
    return tuple(offer for rank, _uses, offer in sorted(ranked, key=lambda one: one[:2]) if rank < NO_MATCH)


def _received_by(agency: AgencyView, hit: ProcedureHit, at: datetime) -> bool:
    try:
        competent_agency(definition(hit.version_id), agency.id, directory(at.astimezone(LOCAL).date()))
    except (NotReceivedHere, NoCompetentAgency):
        return False
    return True


def _uses(agency: AgencyView, at: datetime) -> dict[str, int]:
    taken = Case.objects.submitted().filter(receiving_agency_id=agency.id, submitted_at__gte=at - USE_COUNTED)
    return dict(taken.order_by().values_list("procedure__code").annotate(Count("id")))


def _spoken(offer: Offer) -> str:
    made = definition(offer.hit.version_id)
    return " ".join((made.plain_name, made.name, made.name_en, made.plain_name_en, *made.keywords, made.code))
