"""What is asked of a passkey and how its answer is checked (WebAuthn); the mathematics is fido2's."""

import json
import struct
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from camaug.kernel.errors import DomainError

VERIFIED = UserVerificationRequirement.REQUIRED
"""The key asks its owner for a finger, a face or a PIN: so it is what he has and what he knows or is."""
_LONGEST = 20_000
_ALGORITHM = 3
"""Its label in a COSE key (RFC 9052 7.1)."""
_OFFERED = frozenset(CoseKey.supported_algorithms())
"""A key by any other would be taken and could not be checked, or by SHA-1."""
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, struct.error)
"""What reading an answer raises that no browser would have given."""


class PasskeyWrong(DomainError):
    """The answer belongs to another question, another site or another key, or its signature is wrong."""

    sentence = _("The passkey was not recognised. Try again, or choose another way.")


@dataclass(frozen=True, slots=True)
class Site:
    """For whom keys sign: the host's name, and the origin exactly as the browser says it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """`options` go to the browser as JSON; `state` stays in the session until the answer comes."""

    options: str
    state: dict[str, str]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that has answered: its id, its public half, its count of signatures."""

    credential_id: bytes
    credential: bytes
    counter: int


def ask_for_new(site: Site, account_id: UUID, *, known_as: str, name: str, have: list[bytes]) -> Question:
    """Ask the browser to make a key; not on a device that holds one of those we have."""
    user = PublicKeyCredentialUserEntity(id=account_id.bytes, name=known_as, display_name=name or known_as)
    options, state = _server(site).register_begin(
        user,
        [AttestedCredentialData(one) for one in have],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=VERIFIED,
    )
    return Question(json.dumps(dict(options)), dict(state))


def check_new(site: Site, state: dict[str, str], answer: str) -> NewKey:
    """The key that was made; PasskeyWrong."""
    try:
        made = _server(site).register_complete(state, RegistrationResponse.from_dict(_read(answer)))
        if made.credential_data is None or made.credential_data.public_key[_ALGORITHM] not in _OFFERED:
            raise PasskeyWrong
        return NewKey(made.credential_data.credential_id, bytes(made.credential_data), made.counter)
    except _UNREADABLE as wrong:
        raise PasskeyWrong from wrong


def ask(site: Site, *, have: list[bytes]) -> Question:
    """Ask for a signature of one of these keys; of any that its owner has for this site where there are none."""
    options, state = _server(site).authenticate_begin(
        [AttestedCredentialData(one) for one in have] or None, user_verification=VERIFIED
    )
    return Question(json.dumps(dict(options)), dict(state))


def credential_id_in(answer: str) -> bytes:
    """Which key says that it has answered; PasskeyWrong."""
    try:
        return bytes(AuthenticationResponse.from_dict(_read(answer)).raw_id)
    except _UNREADABLE as wrong:
        raise PasskeyWrong from wrong


def check(site: Site, state: dict[str, str], answer: str, *, account_id: UUID, credential: bytes, counter: int) -> int:
    """The key's new count of signatures; PasskeyWrong, also where it counts backwards, as a copied key would, or where
    the device keeps it for another account than ours does (WebAuthn 7.2, step 6).
    """
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        _server(site).authenticate_complete(state, [AttestedCredentialData(credential)], response)
        counted, owner = response.response.authenticator_data.counter, response.response.user_handle
    except _UNREADABLE as wrong:
        raise PasskeyWrong from wrong
    if owner and owner != account_id.bytes:
        raise PasskeyWrong
    if (counted or counter > 0) and counted <= counter:
        raise PasskeyWrong
    return counted


def _server(site: Site) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=site.host, name=site.name)
    return Fido2Server(party, verify_origin=lambda origin: origin == site.origin)


def _read(answer: str) -> dict[str, object]:
    if len(answer) > _LONGEST:
        raise PasskeyWrong
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise PasskeyWrong
    return found
