from dataclasses import dataclass

from camaug.people.models import AgencyKind, Role


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role that a position carries; `name` is shown."""

    code: str
    name: str
    description: str


def roles() -> dict[str, RoleView]:
    """Every role of the profile by its code."""
    return {row.code: RoleView(row.code, row.name, row.description) for row in Role.objects.order_by("code")}


def kind_names() -> dict[str, str]:
    """The names of all kinds of agencies by their codes."""
    return dict(AgencyKind.objects.values_list("code", "name"))
