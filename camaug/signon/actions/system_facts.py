"""What is written down of a system, and what must be right about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import InvalidInput
from camaug.people.queries import directory, roles
from camaug.signon.addresses import is_address
from camaug.signon.keys import ALGORITHMS
from camaug.signon.models import Audience, Authentication
from camaug.signon.scopes import OPENID, OWN_SCOPES, SCOPES

LONGEST_NAME, LONGEST_WORDS, MOST_ADDRESSES = 80, 200, 20


@dataclass(frozen=True, slots=True)
class SystemFacts:
    """What an administrator says of a system; `owner_id` None where no such agency is there.

    `told_of_id`: the part of the province that it is told of, where `part` says that there is one.
    """

    name: str
    owner_id: UUID | None
    contact: str
    audience: str
    authentication: str
    scopes: tuple[str, ...]
    redirect_uris: tuple[str, ...]
    words: str = ""
    outside: bool = False
    roles: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    told_of_id: UUID | None = None
    part: bool = False
    post_logout_uris: tuple[str, ...] = ()
    logout_uri: str = ""
    home_uri: str = ""
    algorithm: str = "RS256"

    def columns(self) -> dict[str, object]:
        """As they stand in the row."""
        lists = ("scopes", "redirect_uris", "roles", "guards", "post_logout_uris")
        kept = [name for name in self.__slots__ if name != "part"]
        return {name: list(getattr(self, name)) if name in lists else getattr(self, name) for name in kept}

    @property
    def asks_for_itself(self) -> bool:
        """Whether it may ask in nobody's name."""
        return bool(set(self.scopes) & set(OWN_SCOPES))


def check(facts: SystemFacts, *, at: datetime) -> None:
    """InvalidInput with a sentence for each field that is wrong."""
    errors = {field: str(sentence) for field, sentence in _faults(facts, at)}
    if errors:
        raise InvalidInput(errors)


def _faults(facts: SystemFacts, at: datetime) -> Iterator[tuple[str, object]]:
    if not 0 < len(facts.name) <= LONGEST_NAME:
        yield "name", _("Enter the name by which people know the system, at most 80 letters.")
    if len(facts.words) > LONGEST_WORDS:
        yield "words", _("Say it in at most 200 letters.")
    if facts.owner_id is None or facts.owner_id not in directory(at.astimezone(LOCAL).date()):
        yield "owner", _("Enter the identity code of an agency that exists today.")
    if not _is_mail(facts.contact):
        yield "contact", _("Enter an e-mail address at which those are reached who run the system.")
    yield from _faulty_choices(facts, at)
    yield from _faulty_addresses(facts)


def _faulty_choices(facts: SystemFacts, at: datetime) -> Iterator[tuple[str, object]]:
    if facts.audience not in set(Audience):
        yield "audience", _("Choose who may enter.")
    if facts.authentication not in set(Authentication):
        yield "authentication", _("Choose how the system shows that it is itself.")
    if facts.algorithm not in ALGORITHMS:
        yield "algorithm", _("Choose how tokens are signed.")
    alone = facts.guards or facts.asks_for_itself
    if (OPENID not in facts.scopes and not alone) or not set(facts.scopes) <= {*SCOPES, *OWN_SCOPES}:
        yield "scopes", _("A system must at least know that it is the same person again.")
    if not set(facts.roles) <= set(roles()):
        yield "roles", _("Choose roles that there are.")
    if not set(facts.guards) <= set(SCOPES) or (facts.guards and facts.authentication == Authentication.NONE):
        yield "guards", _("Only a system with a secret may ask about other systems' tokens.")

    yield from _faulty_own(facts, at)


def _faulty_own(facts: SystemFacts, at: datetime) -> Iterator[tuple[str, object]]:
    if facts.asks_for_itself and facts.authentication == Authentication.NONE:
        yield "authentication", _("Only a system with a secret may ask for itself.")
    if facts.part and (facts.told_of_id is None or facts.told_of_id not in directory(at.astimezone(LOCAL).date())):
        yield "told_of", _("Enter the identity code of an agency that exists today.")


def _faulty_addresses(facts: SystemFacts) -> Iterator[tuple[str, object]]:
    native = facts.authentication == Authentication.NONE
    wrong = _("Each must be a whole https:// address, without *, # or a user; http:// only on the same machine.")
    if not _all_right(facts.redirect_uris, native=native) or not (
        facts.redirect_uris or facts.guards or facts.asks_for_itself
    ):
        yield "redirect_uris", wrong
    if not _all_right(facts.post_logout_uris, native=native):
        yield "post_logout_uris", wrong
    for name in ("logout_uri", "home_uri"):
        if getattr(facts, name) and not is_address(getattr(facts, name)):
            yield name, wrong


def _all_right(addresses: tuple[str, ...], *, native: bool) -> bool:
    return len(addresses) <= MOST_ADDRESSES and all(is_address(one, native=native) for one in addresses)


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
