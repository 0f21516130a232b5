"""What people may take away of the registers: whom they represent. Their own entry stands in the door's page."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.copying import Line, Section, joined
from camaug.people.queries import relations_of


def _represented(actor: Actor, at: datetime) -> Iterator[Line]:
    for one in relations_of(actor, at=at):
        told = {
            "organisation": one.business,
            "tax_code": one.tax_code,
            "state": one.state,
            "capacity": one.capacity,
            "proof": one.proof,
            "document": one.document,
            "from": one.from_at,
            "until": one.until_at,
            "ended_at": one.ended_at,
            "ending": one.ending,
            "reason": one.reason,
        }
        yield Line(one.declared_at, joined(one.business, one.tax_code, one.document), told)


COPIES = {
    "representations": Section(
        _("Organisations that you represent"), ("people.Representation", "people.Business"), _represented
    )
}
