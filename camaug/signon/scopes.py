"""What a system may ask to know, and which claims each scope opens (Core 5.4; `post` and `mail` are ours)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.kernel import rest


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope: its code, what a person is told that it opens, and the names of its claims."""

    code: str
    words: str | Promise
    claims: frozenset[str] = frozenset()


SCOPES = {
    scope.code: scope
    for scope in (
        Scope("openid", _("That it is you, by a number that says nothing else"), frozenset({"sub"})),
        Scope("profile", _("Your name and language"), frozenset({"name", "locale"})),
        Scope("email", _("Your e-mail address"), frozenset({"email", "email_verified", "preferred_username"})),
        Scope("phone", _("Your phone number"), frozenset({"phone_number", "phone_number_verified"})),
        Scope(
            "post",
            _("Your agency, position and roles, as they are at that moment"),
            frozenset({"agency", "agency_code", "position", "roles", "posts"}),
        ),
        Scope("mail", _("Reading and sending your mail")),
        Scope("api.read", _("Reading over the API what you can read")),
        Scope("api.write", _("Acting over the API in your name")),
        Scope("offline_access", _("Staying signed in for a month, also when you have signed out here")),
    )
}
OPENID, OFFLINE, SCIM = "openid", "offline_access", "scim.read"
OUT_OF_SIGHT = frozenset({"mail", OFFLINE})
"""What serves where nobody sees from which network: of officers it wants two factors at the sign-in."""
API_SCOPES = {"api.read": rest.Scope.READ, "api.write": rest.Scope.WRITE}
"""What a token may do over the API."""
OWN_SCOPES = {
    SCIM: Scope(SCIM, _("Which agencies and officers' accounts there are, asked by the system itself (SCIM)"))
}
"""What a system may ask for itself, in nobody's name; no sign-in of a person opens it."""


def known(scopes: list[str]) -> list[str]:
    """Those that there are, in the order of the table."""
    return [code for code in SCOPES if code in scopes]


def claims_of(scopes: list[str]) -> frozenset[str]:
    """The names of all claims that the scopes open."""
    return frozenset[str]().union(*(SCOPES[code].claims for code in scopes if code in SCOPES))
