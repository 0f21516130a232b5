"""What the form of a system reads and shows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.people.queries import directory, roles
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.keys import ALGORITHMS
from camaug.signon.models import Audience, Authentication
from camaug.signon.queries import SystemView
from camaug.signon.scopes import OPENID, OWN_SCOPES, SCOPES

_LONGEST = 9000
_LISTS = ("scopes", "roles", "guards")
EMPTY: dict[str, Any] = {
    "name": "",
    "words": "",
    "owner": "",
    "contact": "",
    "outside": "",
    "audience": Audience.STAFF.value,
    "roles": [],
    "authentication": Authentication.BASIC.value,
    "scopes": [OPENID],
    "guards": [],
    "told_of": "",
    "redirect_uris": "",
    "post_logout_uris": "",
    "logout_uri": "",
    "home_uri": "",
    "algorithm": ALGORITHMS[0],
}
AUDIENCES = {
    Audience.STAFF: _("Officers who hold a post"),
    Audience.MEMBERS: _("Citizens and businesses"),
    Audience.EVERYBODY: _("Everybody who has an account"),
}
AUTHENTICATIONS = {
    Authentication.BASIC: _("By a secret in the header (client_secret_basic)"),
    Authentication.POST: _("By a secret in the form (client_secret_post)"),
    Authentication.NONE: _("Not at all: an app on people's own devices"),
}


def typed_in(request: Request) -> dict[str, Any]:
    """What stands in the form."""
    form = request.POST
    return {
        name: form.getlist(name)[:40] if name in _LISTS else form.get(name, "").strip()[:_LONGEST] for name in EMPTY
    }


def facts_in(request: Request) -> SystemFacts:
    """The same as facts."""
    typed = typed_in(request)
    return SystemFacts(
        name=typed["name"],
        words=typed["words"],
        owner_id=_agency(typed["owner"], at=request.at),
        contact=typed["contact"],
        outside=bool(typed["outside"]),
        audience=typed["audience"],
        roles=tuple(typed["roles"]),
        authentication=typed["authentication"],
        scopes=tuple(typed["scopes"]),
        guards=tuple(typed["guards"]),
        told_of_id=_agency(typed["told_of"], at=request.at),
        part=bool(typed["told_of"]),
        redirect_uris=tuple(typed["redirect_uris"].split()),
        post_logout_uris=tuple(typed["post_logout_uris"].split()),
        logout_uri=typed["logout_uri"],
        home_uri=typed["home_uri"],
        algorithm=typed["algorithm"],
    )


def typed_of(system: SystemView, *, at: datetime) -> dict[str, Any]:
    """What stands in the form of a system before anything is changed."""
    there = directory(at.astimezone(LOCAL).date())
    typed = {name: getattr(system, name) for name in EMPTY if name != "told_of"}
    return typed | {
        "owner": there.get(system.owner_id).code if system.owner_id in there else "",
        "told_of": there.get(system.told_of_id).code if system.told_of_id and system.told_of_id in there else "",
        "outside": "1" if system.outside else "",
        "redirect_uris": "\n".join(system.redirect_uris),
        "post_logout_uris": "\n".join(system.post_logout_uris),
    }


def choices() -> dict[str, list[dict[str, object]]]:
    """The options of the form."""
    scopes = SCOPES | OWN_SCOPES
    return {
        "audiences": [{"value": code.value, "label": words} for code, words in AUDIENCES.items()],
        "authentications": [{"value": code.value, "label": words} for code, words in AUTHENTICATIONS.items()],
        "scopes": [{"value": code, "label": code, "hint": scope.words} for code, scope in scopes.items()],
        "guards": [{"value": code, "label": code} for code in ("mail", "post")],
        "roles": [{"value": code, "label": role.name} for code, role in roles().items()],
        "algorithms": [{"value": code, "label": code} for code in ALGORITHMS],
    }


def _agency(code: str, *, at: datetime) -> UUID | None:
    try:
        return directory(at.astimezone(LOCAL).date()).by_code(code).id
    except NotFound:
        return None
