"""Questions about who acts for whom; every answer is a frozen dataclass."""

from camaug.behalf.limits import limits_at
from camaug.behalf.models import Act, Ending, Proof, Relation
from camaug.behalf.queries.mandates import (
    Line,
    MandateView,
    Stage,
    given_by,
    given_by_person,
    held_by,
    helped_by,
    helper_names,
    journal,
    mandate,
    mandate_of,
    usable,
    waiting_number,
    was_sent_under,
)
from camaug.behalf.queries.standing import NOBODY_ELSE, Standing, acts_for, standing, standing_of

__all__ = [
    "NOBODY_ELSE",
    "Act",
    "Ending",
    "Line",
    "MandateView",
    "Proof",
    "Relation",
    "Stage",
    "Standing",
    "acts_for",
    "given_by",
    "given_by_person",
    "held_by",
    "helped_by",
    "helper_names",
    "journal",
    "limits_at",
    "mandate",
    "mandate_of",
    "standing",
    "standing_of",
    "usable",
    "waiting_number",
    "was_sent_under",
]
