"""A passkey in software: it makes keys and signs as a device does (WebAuthn level 2), and can be told to misbehave."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
_ALGORITHM = 3
"""Its label in a COSE key."""
HOST, ORIGIN = "testserver", "http://testserver"


@dataclass
class Passkey:
    """One key for one site. `counter` is the count of its signatures, `owner` the account's id as the site gave it."""

    counter: int = 0
    owner: bytes = b""
    id: bytes = field(default_factory=lambda: token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(
        self,
        options: str,
        *,
        origin: str = ORIGIN,
        host: str = HOST,
        flags: int = PRESENT | VERIFIED,
        algorithm: int | None = None,
    ) -> str:
        """What a browser sends when the key was made for these options; `algorithm`: which it says to sign by."""
        asked = json.loads(options)["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        public: Any = ES256.from_cryptography_key(self.private.public_key())
        if algorithm is not None:
            public[_ALGORITHM] = algorithm
        kept = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        told = AuthenticatorData.create(_digest(host), AuthenticatorData.FLAG(flags | ATTESTED), self.counter, kept)
        client = CollectedClientData.create("webauthn.create", asked["challenge"], origin)
        response = {"attestationObject": websafe_encode(AttestationObject.create("none", told, {}))}
        return self._answer(client, response)

    def signed(
        self,
        options: str,
        *,
        origin: str = ORIGIN,
        host: str = HOST,
        flags: int = PRESENT | VERIFIED,
        kind: str = "webauthn.get",
        claims: bytes | None = None,
        owner: bytes | None = None,
    ) -> str:
        """What a browser sends when the key has signed; `claims`: to be that other key, `owner`: of that account."""
        self.counter += bool(self.counter)
        told = AuthenticatorData.create(_digest(host), AuthenticatorData.FLAG(flags), self.counter)
        client = CollectedClientData.create(kind, json.loads(options)["publicKey"]["challenge"], origin)
        signature = self.private.sign(told + client.hash, ec.ECDSA(SHA256()))
        handle = self.owner if owner is None else owner
        response = {"authenticatorData": websafe_encode(told), "signature": websafe_encode(signature)}
        return self._answer(client, response | ({"userHandle": websafe_encode(handle)} if handle else {}), claims)

    def _answer(self, client: CollectedClientData, response: dict[str, str], claims: bytes | None = None) -> str:
        shown = websafe_encode(claims or self.id)
        said = {"clientDataJSON": client.b64, **response}
        return json.dumps(
            {"id": shown, "rawId": shown, "type": "public-key", "response": said, "clientExtensionResults": {}}
        )


def _digest(host: str) -> bytes:
    return sha256(host.encode()).digest()
