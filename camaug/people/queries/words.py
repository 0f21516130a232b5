"""What may be chosen, as pairs of code and name."""

from camaug.people.models import AgencyKind, AgencyLevel, Role

type Words = tuple[tuple[str, str], ...]


def agency_words() -> tuple[Words, Words]:
    """Kinds of agencies by name, and levels from the highest."""
    kinds = AgencyKind.objects.order_by("name").values_list("code", "name")
    return tuple(kinds), tuple(AgencyLevel.objects.order_by("rank").values_list("code", "name"))


def role_words() -> Words:
    """Roles by name."""
    return tuple(Role.objects.order_by("name").values_list("code", "name"))
