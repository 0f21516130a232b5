"""What relations to organisations say, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.people.queries.representations import RelationState
from camaug.people.representing import Capacity, RelationEnd, RelationProof

STATES: dict[RelationState, tuple[Any, str]] = {
    RelationState.DECLARED: (_("only said, not proven"), "waiting"),
    RelationState.COMING: (_("proven, has not begun"), "waiting"),
    RelationState.IN_FORCE: (_("proven, in force"), "done"),
    RelationState.OVER: (_("over"), "plain"),
    RelationState.ENDED: (_("was ended"), "plain"),
}
"""State and its tone."""
CAPACITIES: dict[Capacity, Any] = {
    Capacity.LEGAL: _("Legal representative, or head of an agency"),
    Capacity.EMPOWERED: _("Empowered by the legal representative"),
}
PROOFS: dict[RelationProof, Any] = {
    RelationProof.PAPER: _("a paper shown to an officer"),
    RelationProof.REGISTER: _("looked up in the enterprise register by an officer"),
    RelationProof.CONFIRMED: _("confirmed by the legal representative in their own account"),
}
ENDS: dict[RelationEnd, Any] = {
    RelationEnd.GIVEN_UP: _("given up by the representative"),
    RelationEnd.REVOKED: _("ended by the legal representative"),
    RelationEnd.AT_COUNTER: _("ended by an officer"),
}
