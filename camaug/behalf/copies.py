"""What people may take away of mandates: those that they gave and those under which they help."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import given_by, held_by
from camaug.kernel.actors import Actor
from camaug.kernel.copying import Line, Section, joined


def _mandates(actor: Actor, at: datetime) -> Iterator[Line]:
    for said, found in (("given", given_by(actor, at=at)), ("held", held_by(actor, at=at))):
        for one in found:
            told = {
                "way": said,
                "person": one.person,
                "helper": one.helper,
                "relation": one.relation,
                "stage": one.stage,
                "acts": list(one.acts),
                "procedures": list(one.procedures),
                "fields": list(one.fields),
                "until": one.until_at,
                "confirmed_at": one.confirmed_at,
                "proof": one.proof,
                "office": one.office,
                "ended_at": one.ended_at,
                "ending": one.ending,
            }
            yield Line(one.proposed_at, joined(f"{one.helper} → {one.person}", *one.procedures, *one.fields), told)


COPIES = {"mandates": Section(_("Mandates that you gave or hold"), ("behalf.Mandate",), _mandates)}
