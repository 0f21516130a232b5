"""Procedures as rows of a list, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import OnlineLevel
from camaug.catalogue.queries.browsing import FieldView, LifeEventView
from camaug.catalogue.queries.hits import ProcedureHit


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure in a list; `way` says in a word whether one can apply from home."""

    code: str
    name: str
    short_name: str
    summary: str
    field: str
    way: str
    tone: str


def rows(hits: Iterable[ProcedureHit]) -> tuple[Row, ...]:
    """The hits as rows."""
    return tuple(_row(hit) for hit in hits)


def named(view: FieldView | LifeEventView) -> str:
    """Its name in the reader's language."""
    return view.name_en if _english() and view.name_en else view.name


def _row(hit: ProcedureHit) -> Row:
    english = _english()
    name = (hit.plain_name_en if english else "") or hit.plain_name
    online = Channel.ONLINE in hit.channels and hit.online_level != OnlineLevel.NONE
    return Row(
        code=hit.code,
        name=name,
        short_name=name.split(" (")[0],
        summary=(hit.summary_en if english else "") or hit.summary,
        field=(hit.field_name_en if english else "") or hit.field_name,
        way=_("Can be done online") if online else _("Done at the counter"),
        tone="doing" if online else "plain",
    )


def _english() -> bool:
    return (get_language() or "").startswith("en")
