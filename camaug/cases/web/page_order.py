"""Pictures laid out as pages of a PDF: moved up and down, left out, put back, each by a button that sends the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from camaug.cases.actions.join_pictures import join_pictures
from camaug.cases.models import CaseFile
from camaug.cases.queries.joining import Joinable
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.files.joining import MOST_PICTURES
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.pages import Request


@dataclass(frozen=True, slots=True)
class PageOrder:
    """The pictures that become pages, in order, and those left out."""

    pages: tuple[CaseFile, ...]
    left_out: tuple[CaseFile, ...]


def laid_out(pictures: Sequence[CaseFile], posted: QueryDict) -> PageOrder:
    """All in the order in which they came, or as the form says after the button `move`, such as `up:<id>`."""
    known = {str(picture.id): picture for picture in pictures}
    if "page" not in posted and "move" not in posted:
        order = list(known)[:MOST_PICTURES]
    else:
        order = [page for page in dict.fromkeys(posted.getlist("page")) if page in known]
        order = _moved(order, posted.get("move", ""), known)
    left_out = [page for page in known if page not in order]
    return PageOrder(tuple(known[page] for page in order), tuple(known[page] for page in left_out))


def joined_by(request: Request, found: Joinable) -> str:
    """Join the pictures as the form has them in order; the sentence of a refusal, or ""."""
    try:
        pages = [UUID(page) for page in request.POST.getlist("page")]
    except ValueError:
        raise NotFound from None
    try:
        join_pictures(found.case.id, found.paper.id, pages, by=request.actor, at=request.at)
    except NotFound:
        raise
    except DomainError as no:
        return str(no)
    return ""


def limits_of_joining() -> str:
    """What one PDF may hold, said beforehand."""
    return _("At most {most} pages and {megabytes} MB in one PDF; pictures only.").format(
        most=MOST_PICTURES, megabytes=LIMITS.megabytes
    )


def _moved(order: list[str], move: str, known: dict[str, CaseFile]) -> list[str]:
    how, _colon, page = move.partition(":")
    if page not in known:
        return order
    if how == "in":
        return [*(other for other in order if other != page), page]
    if page not in order:
        return order
    at = order.index(page)
    rest = order[:at] + order[at + 1 :]
    if how == "out":
        return rest
    to = at + {"up": -1, "down": 1}.get(how, 0)
    return [*rest[: max(0, to)], page, *rest[max(0, to) :]]
