from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import TokenIssued
from camaug.access.models import Account, ApiToken
from camaug.access.policy import ADMINISTER
from camaug.access.secrets import SHOWN, digest_of, fresh_secret
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.events import record
from camaug.kernel.rest import Scope

MOST = 20
LONGEST_DAYS = 366
LONGEST_NAME = 80


class TooManyTokens(DomainError):
    """What nobody needs any more is revoked first."""

    sentence = _("You have {most} access tokens already. Revoke one that you do not need any more.")


@dataclass(frozen=True, slots=True)
class Issued:
    """The token, and its secret, which is shown this once."""

    token: ApiToken
    secret: str


def issue_token(
    name: str,
    *,
    scopes: Collection[str],
    days: int,
    level: str,
    shown_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Issued:
    """Make a token by which a program acts as the actor himself, within the scopes, as surely known as he is now.

    `level` is what his session holds, "LoA1" to "LoA3", `shown_at` since when. Raises InvalidInput, TooManyTokens and,
    of an account that was closed meanwhile, NotFound.
    """
    if by.account_id is None:
        raise NotFound
    errors = _faults(name, days) | _faults_of_scopes(scopes)
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        # Whoever closes the account revokes its tokens; a token made meanwhile would outlive it.
        if Account.objects.select_for_update(of=("self",)).filter(pk=by.account_id, is_active=True).first() is None:
            raise NotFound
        if ApiToken.objects.valid(at).filter(account_id=by.account_id).count() >= MOST:
            raise TooManyTokens(most=MOST)
        known = {"level": level, "shown_at": shown_at}
        token = ApiToken(account_id=by.account_id, name=name.strip(), scopes=sorted(set(scopes)), **known)
        return _issued(token, lasts=timedelta(days=days), by=by, at=at)


def issue_client_token(client: str, *, days: int, per_minute: int, by: Actor, at: datetime) -> Issued:
    """Make a token for another authority's system: what is open to everybody, as often as agreed. InvalidInput."""
    ADMINISTER.check(by, None)
    errors = _faults(client, days)
    if not 1 <= per_minute <= 1_000_000:
        errors["per_minute"] = str(_("Enter how many requests a minute were agreed."))
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        named = client.strip()
        token = ApiToken(client=named, name=named, scopes=[Scope.READ], per_minute=per_minute)
        return _issued(token, lasts=timedelta(days=days), by=by, at=at)


def issue_machine_token(account: Account, *, by: Actor, at: datetime) -> Issued:
    """The token of a program's account, which ends with it, inside the caller's transaction: what is open to all."""
    token = ApiToken(account=account, name=account.name, scopes=[Scope.READ])
    left = (account.expires_at or at) - at
    return _issued(token, lasts=left, by=by, at=at)


def _issued(token: ApiToken, *, lasts: timedelta, by: Actor, at: datetime) -> Issued:
    secret = fresh_secret()
    token.digest, token.prefix = digest_of(secret), secret[:SHOWN]
    token.created_at, token.created_by, token.expires_at = at, by.account_id, at + lasts
    token.save(force_insert=True)
    record(TokenIssued(subject=token.id, prefix=token.prefix, client=token.client, scopes=token.scopes), by=by, at=at)
    return Issued(token, secret)


def _faults(name: str, days: int) -> dict[str, str]:
    errors = {}
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        errors["name"] = str(_("Say in a few words what the token is for."))
    if not 1 <= days <= LONGEST_DAYS:
        errors["days"] = str(_("A token holds from one day to a year."))
    return errors


def _faults_of_scopes(scopes: Collection[str]) -> dict[str, str]:
    right = bool(scopes) and set(scopes) <= set(Scope)
    return {} if right else {"scopes": str(_("Choose what the token may do."))}
