"""What may be chosen, as pairs of code and name; what kinds of account in office are called within a sentence."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import OfficeKind
from camaug.kernel.text import sort_key
from camaug.people.models import AgencyKind, AgencyLevel, Role

KIND_WORDS: dict[OfficeKind, Promise] = {
    OfficeKind.OFFICER: _("an officer's account"),
    OfficeKind.ADMINISTRATOR: _("an administrator's account"),
    OfficeKind.OPERATOR: _("an operator's account"),
}

type Words = tuple[tuple[str, str], ...]


def account_kind(kind: str) -> str:
    """What an account in office of that kind is called, standing by itself."""
    words = str(KIND_WORDS[OfficeKind(kind)])
    return words[:1].upper() + words[1:]


def agency_words() -> tuple[Words, Words]:
    """Kinds of agencies by name, and levels from the highest."""
    kinds = AgencyKind.objects.values_list("code", "name")
    return _by_name(kinds), tuple(AgencyLevel.objects.order_by("rank").values_list("code", "name"))


def role_words() -> Words:
    """Roles by name."""
    return _by_name(Role.objects.values_list("code", "name"))


def _by_name(pairs: Iterable[tuple[str, str]]) -> Words:
    return tuple(sorted(pairs, key=lambda pair: (sort_key(pair[1]), pair[0])))
