from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.cases.dues import Dues, counted, went_back
from camaug.cases.models import Case, Payment
from camaug.cases.moves import Moving
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.errors import DomainError
from camaug.kernel.rows import new


class SumUnknown(DomainError):
    """No text at hand says how much a fee is; the officer enters what the council's resolution says."""

    sentence = _("Enter the sum of “{name}”: it is not in the system yet.")


def owe(moving: Moving, known: Dues) -> Payment | None:
    """Write down what is still to be paid, in the place of what stood open; None where nothing is owed. SumUnknown.

    Where officers entered that nothing is owed, the debt of 0 keeps that.
    """
    if known.unknown:
        raise SumUnknown(name=known.unknown[0].name)
    items, standing = [item.model_dump(mode="json") for item in known.rest()], known.open
    if known.more == 0 and (known.paid or not known.entered):
        if standing is not None:
            standing.delete()
        return None
    if standing is None:
        standing = new(Payment)(case=moving.case, items=items, amount=known.more, asked_at=moving.at)
        moving.rows.add(standing)
    elif standing.items != items:
        standing.items, standing.amount = items, known.more
        moving.rows.change(standing)
    return standing


def debt(case: Case, made: Definition, *, at: datetime, sums: Mapping[str, int] | None = None) -> Payment | None:
    """The debt of a case that has none yet, not written down; None where nothing is owed. SumUnknown."""
    known = counted(case, made, (), sums=sums)
    if known.unknown:
        raise SumUnknown(name=known.unknown[0].name)
    if known.more == 0 and not known.entered:
        return None
    items = [item.model_dump(mode="json") for item in known.items]
    return new(Payment)(case=case, items=items, amount=known.more, asked_at=at)


def owe_at_reception(moving: Moving, asked: Sequence[Payment]) -> Dues | None:
    """The fees of a case that is received, owed from now on as far as they are known; None where the counter has just
    written them down.
    """
    case = moving.case
    if asked and case.channel == Channel.COUNTER:
        return None
    known = counted(case, moving.definition, asked, refunds=went_back(case, asked))
    if asked or known.unknown:
        return known
    payment = owe(moving, known)
    return replace(known, asked=(payment,)) if payment else known
