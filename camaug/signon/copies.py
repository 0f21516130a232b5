"""What people may take away of shared systems: which they entered, and what they allowed them to know."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.copying import Line, Section, joined, owner
from camaug.signon.models import Consent, SignOn


def _consents(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in Consent.objects.filter(account_id=owner(actor)).select_related("system").order_by("given_at"):
        yield Line(
            row.given_at, joined(row.system.name, *row.scopes), {"system": row.system.name, "scopes": row.scopes}
        )


def _sign_ons(actor: Actor, _at: datetime) -> Iterator[Line]:
    rows = SignOn.objects.filter(account_id=owner(actor)).select_related("system").order_by("started_at", "id")
    for row in rows.iterator(chunk_size=500):
        yield Line(row.started_at, row.system.name, {"system": row.system.name, "ended_at": row.ended_at})


COPIES = {
    "consents": Section(_("What you allowed systems to know"), ("signon.Consent",), _consents),
    "sign_ons": Section(_("Shared systems that you entered"), ("signon.SignOn",), _sign_ons),
}
