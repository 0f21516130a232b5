"""Words by which somebody looks for persons or cases: they never stand in an address as they were typed.

    WORDS = Sought("desk.search")

    @staff
    def search(request: Request) -> HttpResponse:
        if onward := WORDS.onward(request):
            return onward
        words = WORDS.read(request)

The form sends them by POST; the answer leads to the same page with `?s=…`, the words encrypted for this purpose and
this account. So paging, going back and a bookmark work, and whoever comes by the address reads nothing from it, not
even as another officer. What names nobody stays in the clear: names of procedures, agencies, places and halls, choices
from a list, days, ids; which fields these are says tests/architecture/test_what_stands_in_addresses.py.
"""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from camaug.kernel.actors import Actor
from camaug.kernel.addresses import closed, opened
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.pages import Request

NAME = "s"
LONGEST = 200
_LONGEST_CHOICE = 100


class SeeOther(HttpResponseRedirect):
    """The answer to a form is found there, by GET."""

    status_code = HTTPStatus.SEE_OTHER


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for, and the same as it stands in the address; both "" where nothing is.

    `lost`: the address holds some that do not open.
    """

    text: str = ""
    closed: str = ""
    lost: bool = False

    @property
    def query(self) -> dict[str, str]:
        """What further addresses of the page carry."""
        return {NAME: self.closed} if self.closed else {}


@dataclass(frozen=True, slots=True)
class Sought:
    """A field of words. `purpose` names the page, `beside` the choices of the same form that stand in the clear."""

    purpose: str
    field: str = "q"
    beside: tuple[str, ...] = ()
    longest: int = LONGEST

    def is_typed(self, request: Request) -> bool:
        """Whether the form was sent, or an address holds the words in the clear, as bookmarks of before do."""
        return self.field in (request.POST if request.method == "POST" else request.GET)

    def onward(self, request: Request) -> SeeOther | None:
        """Where words that were typed lead to; None where none were."""
        if not self.is_typed(request):
            return None
        typed = request.POST if request.method == "POST" else request.GET
        chosen = {name: typed[name][:_LONGEST_CHOICE] for name in self.beside if typed.get(name)}
        query = urlencode({**chosen, **self.words(typed[self.field], by=request.actor).query})
        return SeeOther(f"{request.path}?{query}" if query else request.path)

    def words(self, typed: str, *, by: Actor) -> Words:
        """What was typed, for addresses of that actor."""
        text = typed.strip()[: self.longest].rstrip()
        return Words(text, closed(text, about=self._about(by))) if text else Words()

    def read(self, request: Request) -> Words:
        """The words of the address; none, and a sentence on the page, where they do not open for who asks here."""
        value = request.GET.get(NAME, "")
        if not value:
            return Words()
        try:
            return Words(opened(value, about=self._about(request.actor)), value)
        except NotDecrypted:
            messages.error(request, _("This address no longer tells what was searched for. Type the words again."))
            return Words(lost=True)

    def _about(self, actor: Actor) -> str:
        return f"sought:{self.purpose}:{actor.account_id}"
