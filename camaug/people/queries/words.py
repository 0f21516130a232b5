"""What may be chosen, as pairs of code and name; what kinds of account in office are called within a sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import OfficeKind
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
    kinds = AgencyKind.objects.order_by("name").values_list("code", "name")
    return tuple(kinds), tuple(AgencyLevel.objects.order_by("rank").values_list("code", "name"))


def role_words() -> Words:
    """Roles by name."""
    return tuple(Role.objects.order_by("name").values_list("code", "name"))
