"""Doors for commands: accounts for all officers; in demo mode, sign-ins for the cast."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from camaug.access import demo
from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.contacts import parse_contact
from camaug.access.queries import has_factor, is_activated, officer_account
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import DomainError
from camaug.kernel.grants import SET_APART
from camaug.people.loading import cast
from camaug.people.queries import person_by_number

DEMO_PASSWORD = demo.PASSWORD


class OnlyInDemo(DomainError):
    """Sign-ins that everybody knows are for demonstrations."""

    sentence = _("The cast's sign-ins are made in demo mode only.")


@dataclass(frozen=True, slots=True)
class CastMember:
    """How one of the cast signs in: `page` is a path; officers have a password, citizens read a code on the tray.

    Administrators and operators read a second one on the page that asks for it.
    """

    key: str
    name: str
    title: str
    page: str
    sign_in: str
    password: str = ""
    second_factor: bool = False


def load_accounts(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:  # noqa: ARG001
    """Give every officer an account that cannot be used before it is activated; again changes nothing."""
    open_officer_accounts(by=SYSTEM, at=at, progress=progress)


def load_cast(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Activate the cast's officers and open the cast's citizens' accounts; again changes nothing. Raises OnlyInDemo."""
    if not settings.DEMO:
        raise OnlyInDemo
    players = cast(profile)
    total = len(players.officers) + len(players.citizens)
    hashed = make_password(DEMO_PASSWORD)  # one for all: it hides nothing, and each takes as long as a sign-in
    for done, officer in enumerate(players.officers.values(), start=1):
        if not is_activated(officer.email):
            activate_officer(officer.email, password=DEMO_PASSWORD, by=SYSTEM, at=at, hashed=hashed)
        if SET_APART & set(officer.roles):
            _give_application(officer.email, at)
        progress(done, total)
    for done, citizen in enumerate(players.citizens.values(), start=len(players.officers) + 1):
        known = person_by_number(citizen.number)
        if known:
            phone, mailbox = parse_contact(citizen.phone), parse_contact(citizen.email)
            open_citizen_account(known.id, contact=phone, other=mailbox, by=SYSTEM, at=at)
        progress(done, total)


def _give_application(email: str, at: datetime) -> None:
    account_id = officer_account(email)
    if account_id and not has_factor(account_id):
        digits = code_at(demo.TOTP_SECRET, step_of(at) - 1)
        set_up_totp(account_id, secret=demo.TOTP_SECRET, digits=digits, by=SYSTEM, at=at)


def cast_sign_ins(profile: Path) -> tuple[CastMember, ...]:
    """Everybody of the cast, officers first, as `camaug up` prints them."""
    players = cast(profile)
    officers = (
        CastMember(
            key, who.name, who.title, "/desk/sign-in/", who.email, DEMO_PASSWORD, bool(SET_APART & set(who.roles))
        )
        for key, who in players.officers.items()
    )
    citizens = (CastMember(key, who.name, "", "/sign-in/", who.phone) for key, who in players.citizens.items())
    return (*officers, *citizens)
