"""What other parts ask of the catalogue."""

from camaug.catalogue.queries.browsing import (
    FieldView,
    LifeEventView,
    browse,
    by_agency,
    by_codes,
    by_field,
    by_life_event,
    fields,
    life_events,
    page,
)
from camaug.catalogue.queries.competence import (
    NoCompetentAgency,
    NotReceivedHere,
    agency_meant,
    competent_agency,
    receivers,
)
from camaug.catalogue.queries.hits import ProcedureHit
from camaug.catalogue.queries.naming import NamingWords, named_with
from camaug.catalogue.queries.needs import PaperNeed, fees, papers
from camaug.catalogue.queries.searching import search
from camaug.catalogue.queries.versions import (
    CURRENT,
    VersionView,
    asking_what_is_sensitive,
    current,
    current_part,
    definition,
    version,
    versions,
)

__all__ = [
    "CURRENT",
    "FieldView",
    "LifeEventView",
    "NamingWords",
    "NoCompetentAgency",
    "NotReceivedHere",
    "PaperNeed",
    "ProcedureHit",
    "VersionView",
    "agency_meant",
    "asking_what_is_sensitive",
    "browse",
    "by_agency",
    "by_codes",
    "by_field",
    "by_life_event",
    "competent_agency",
    "current",
    "current_part",
    "definition",
    "fees",
    "fields",
    "life_events",
    "named_with",
    "page",
    "papers",
    "receivers",
    "search",
    "version",
    "versions",
]
