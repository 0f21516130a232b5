"""A system in Python, on Authlib's client: /, /in, /cb, /token, /revoke, /out, and /backchannel. A program."""

import json
import os
import re
from collections.abc import Callable, Iterable
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlencode
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

ISSUER, PORT = os.environ["ISSUER"], int(os.environ["PORT"])
HERE = f"http://localhost:{PORT}"
OURS = json.loads(urlopen(f"{ISSUER}/.well-known/openid-configuration").read())
BEGUN: dict[str, tuple[str, str]] = {}  # verifier and nonce, by state
SESSIONS: dict[str, dict[str, Any]] = {}  # who is in, by sid
type Start = Callable[[str, list[tuple[str, str]]], object]


def client() -> OAuth2Session:
    """With its secret, PKCE and all."""
    return OAuth2Session(
        os.environ["CLIENT_ID"],
        os.environ["SECRET"],
        scope="openid profile mail",
        redirect_uri=f"{HERE}/cb",
        code_challenge_method="S256",
    )


def app(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """One request."""
    found = re.search(r"notes_sid=([\w-]+)", environ.get("HTTP_COOKIE", ""))
    sid = found[1] if found else ""
    match environ["PATH_INFO"]:
        case "/in":
            return begin(start)
        case "/cb":
            return entered(environ, start)
        case "/backchannel":
            form = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
            SESSIONS.pop(checked(parse_qs(form)["logout_token"][0]).get("sid", ""), None)
            return said(start, "")
        case "/token":
            return said(start, SESSIONS[sid]["token"])
        case "/revoke":
            given_back = client().revoke_token(OURS["revocation_endpoint"], SESSIONS[sid]["token"])
            return said(start, str(given_back.status_code))
        case "/out":
            asked = {"id_token_hint": SESSIONS[sid]["id_token"], "post_logout_redirect_uri": f"{HERE}/left"}
            return led(start, f"{OURS['end_session_endpoint']}?{urlencode(asked)}")
    known = SESSIONS.get(sid, {"name": "nobody", "how": ""})
    return said(start, f"<h1>{known['name']}</h1><p>{known['how']}</p>")


def begin(start: Start) -> Iterable[bytes]:
    verifier, nonce = token_urlsafe(48), token_urlsafe(16)
    address, state = client().create_authorization_url(
        OURS["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    BEGUN[state] = verifier, nonce
    return led(start, address)


def entered(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    given = parse_qs(environ["QUERY_STRING"])
    verifier, nonce = BEGUN.pop(given["state"][0])
    assert given["iss"] == [ISSUER]
    session = client()
    token = session.fetch_token(
        OURS["token_endpoint"], authorization_response=f"{HERE}/cb?{environ['QUERY_STRING']}", code_verifier=verifier
    )
    told = checked(token["id_token"])
    assert told["nonce"] == nonce
    known = session.get(OURS["userinfo_endpoint"]).json()
    assert known["sub"] == told["sub"]
    SESSIONS[told["sid"]] = {
        "name": known["name"],
        "how": f"{told['acr']} {','.join(told['amr'])}",
        "token": token["access_token"],
        "id_token": token["id_token"],
    }
    return led(start, "/", ("Set-Cookie", f"notes_sid={told['sid']}; HttpOnly; Path=/"))


def checked(token: str) -> dict[str, Any]:
    """The claims of a token that the provider has signed for this system."""
    keys = KeySet.import_key_set(json.loads(urlopen(OURS["jwks_uri"]).read()))
    read = jwt.decode(token, keys, algorithms=["RS256", "ES256"])
    wanted = {"essential": True}
    jwt.JWTClaimsRegistry(
        iss={**wanted, "value": ISSUER}, aud={**wanted, "value": os.environ["CLIENT_ID"]}, exp=wanted
    ).validate(read.claims)
    return dict(read.claims)


def led(start: Start, address: str, *more: tuple[str, str]) -> Iterable[bytes]:
    start("302 Found", [("Location", address), *more])
    return [b""]


def said(start: Start, text: str) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [text.encode()]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is wsgiref's)
        pass


if __name__ == "__main__":
    make_server("127.0.0.1", PORT, app, handler_class=Quiet).serve_forever()  # type: ignore[arg-type]
