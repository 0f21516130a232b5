"""What comes next when a system asks for somebody: a pure rule over what was asked, who is there and what he has said.

OpenID Connect Core 3.1.2.1 and 3.1.2.3 (`prompt`, `max_age`), Initiating User Registration 1.0 (`create`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from camaug.signon.presence import Presence


class Step(StrEnum):
    """What the person is asked to do, or that nothing is left to ask."""

    REGISTER = "REGISTER"
    SIGN_IN = "SIGN_IN"
    SIGN_IN_AGAIN = "SIGN_IN_AGAIN"
    NEW_PASSWORD = "NEW_PASSWORD"  # noqa: S105 (a step's name)
    SAY_WHO = "SAY_WHO"
    CHOOSE_ACCOUNT = "CHOOSE_ACCOUNT"
    SECOND_FACTOR = "SECOND_FACTOR"
    CONSENT = "CONSENT"
    GRANT = "GRANT"


class Refused(Exception):
    """The system gets this error (Core 3.1.2.6)."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error, self.description = error, description


@dataclass(frozen=True, slots=True)
class Asked:
    """What the system has asked; `max_age` in seconds, None where it did not say."""

    prompts: frozenset[str]
    max_age: int | None
    scopes: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the person has done about this very request: signed in since `asked_at`, chosen or agreed as an account."""

    asked_at: datetime | None = None
    chosen: UUID | None = None
    agreed: UUID | None = None
    refused: UUID | None = None


NOTHING = Said()


def next_step(
    asked: Asked, who: Presence | None, said: Said, *, may_enter: bool, must_consent: bool, at: datetime
) -> Step:
    """The step; Refused where it would be one that the system forbids, or where the person may not or does not want."""
    step = _step(asked, who, said, may_enter=may_enter, must_consent=must_consent, at=at)
    if "none" in asked.prompts and step != Step.GRANT:
        raise Refused(*_SILENT[step])
    return step


_SILENT = {
    Step.SIGN_IN: ("login_required", "Nobody is signed in."),
    Step.SIGN_IN_AGAIN: ("login_required", "The sign-in is older than max_age."),
    Step.NEW_PASSWORD: ("interaction_required", "The account must choose another password."),
    Step.SECOND_FACTOR: ("interaction_required", "Mail and working in absence need a sign-in with two factors."),
    Step.SAY_WHO: ("interaction_required", "The account has not said who it is."),
    Step.CONSENT: ("consent_required", "The person has not agreed yet."),
}


def _step(asked: Asked, who: Presence | None, said: Said, *, may_enter: bool, must_consent: bool, at: datetime) -> Step:
    if who is None:
        return Step.REGISTER if "create" in asked.prompts else Step.SIGN_IN
    if _must_sign_in_again(asked, who, said, at):
        return Step.SIGN_IN_AGAIN
    if who.password_due:
        return Step.NEW_PASSWORD
    if _must_choose(asked, who, said):
        return Step.CHOOSE_ACCOUNT
    if who.actor.kind == "PUBLIC" and who.actor.person_id is None:
        return Step.SAY_WHO
    if not may_enter:
        raise Refused("access_denied", "This system is not open to this account.")
    if who.owes_factor(asked.scopes):
        return Step.SECOND_FACTOR
    if said.refused == who.account_id:
        raise Refused("access_denied", "The person did not agree.")
    if (must_consent or "consent" in asked.prompts) and said.agreed != who.account_id:
        return Step.CONSENT
    return Step.GRANT


def _must_choose(asked: Asked, who: Presence, said: Said) -> bool:
    """Unless he has chosen, or has just signed in for this very request."""
    answered = who.account_id in (said.chosen, said.agreed, said.refused)
    return bool(asked.prompts & {"select_account", "create"}) and not answered and not _is_fresh(who, said)


def _is_fresh(who: Presence, said: Said) -> bool:
    return said.asked_at is not None and who.authenticated_at >= said.asked_at


def _must_sign_in_again(asked: Asked, who: Presence, said: Said, at: datetime) -> bool:
    if not who.methods:  # a session from before it was written down how one had signed in
        return True
    if _is_fresh(who, said):
        return False
    too_old = asked.max_age is not None and at - who.authenticated_at > timedelta(seconds=asked.max_age)
    return "login" in asked.prompts or asked.max_age == 0 or too_old
