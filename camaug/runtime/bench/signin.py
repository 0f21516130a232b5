"""What signing in by password costs beside the password's hash alone, and what a check of a token costs.

By CPU, of web server and database together, never by time: whoever else waits for the machine changes little.
"""

import base64
from itertools import cycle, islice
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from camaug.runtime.bench import clients, dataset, desk, people, site
from camaug.runtime.bench.day import hash_cpu, kept_password
from camaug.runtime.bench.figures import median, milliseconds
from camaug.runtime.bench.measured import Measured, measured

SIZES = (1_000,)
RUNS, SIGN_INS, CHECKS, WARM = 5, 40, 1_500, 120
MANY = 4
"""Clients at once for the rates; CPU by the request is of one client."""
SCOPES = ("openid", "profile", "email", "post")

type Requests = list[clients.Request]


def run(size: int) -> dict[str, Any]:
    """`ratio` is a sign-in's CPU to the hash's, the median of runs in which both take turns; `check_cpu_ms` the dearest
    check of a token, of which the HTTP server takes `floor_ms` before anything of ours runs.
    """
    with dataset.dataset(size, copy=True) as address, desk.at(address):
        doors, encoded = _sign_ins(), kept_password()
        with site.started(address) as here:
            clients.run(here.port, _some(doors, WARM), clients=1)
            hashes, signed = [], []
            for _ in range(RUNS):
                hashes.append(hash_cpu(encoded))
                signed.append(measured(here, address, _some(doors, SIGN_INS), number=1))
            many = measured(here, address, _some(doors, SIGN_INS), number=MANY)
            asked = _by_turns(here, address, _checks())
        with site.started(address, application="camaug.runtime.bench.bare:nothing") as here:
            floor = _by_turns(here, address, {"floor": clients.Request("/")})["floor"]
    wrong = sum(one.run.wrong([302]) for one in (*signed, many)) + sum(one.run.wrong([200]) for one in asked.values())
    return {
        "ratio": round(median([_used(one) / alone for one, alone in zip(signed, hashes, strict=True)]), 4),
        "check_cpu_ms": round(1000 * max(_used(one) for one in asked.values()), 4),
        "floor_ms": floor.web_ms,
        "hash_cpu_ms": milliseconds(median(hashes)),
        "sign_in_cpu_ms": milliseconds(median([_used(one) for one in signed])),
        "sign_in_web_cpu_ms": median([one.web_ms for one in signed]),
        "sign_in_database_cpu_ms": median([one.database_ms or 0.0 for one in signed]),
        "hashes_per_second_of_cpu": round(1 / median(hashes), 1),
        f"sign_ins_per_second_at_{MANY}_clients": round(many.run.rate, 1),
        **{kind: one.figures() for kind, one in asked.items()},
        "errors": wrong,
    }


def _used(one: Measured) -> float:
    """Seconds of CPU by the request; of the web server alone where the database is on another machine."""
    return (one.web + (one.database or 0.0)) / len(one.run.answers)


def _by_turns(here: site.Site, address: str, requests: dict[str, clients.Request]) -> dict[str, Measured]:
    """Of each kind the run in the middle of five by what it used: neighbours of the machine come and go."""
    for request in requests.values():
        clients.run(here.port, [request] * WARM, clients=1)
    done = [
        {kind: measured(here, address, [request] * CHECKS, number=1) for kind, request in requests.items()}
        for _ in range(RUNS)
    ]
    return {kind: sorted((one[kind] for one in done), key=_used)[RUNS // 2] for kind in requests}


def _some(requests: Requests, number: int) -> Requests:
    return list(islice(cycle(requests), number))


def _sign_ins() -> Requests:
    """The form of the sign-in page as the cast's officers send it who need no second factor."""
    from django.conf import settings
    from django.urls import reverse

    from camaug.access.loading import DEMO_PASSWORD, cast_sign_ins

    emails = [one.sign_in for one in cast_sign_ins(settings.PROFILE) if one.password and not one.second_factor]
    token = people.token()
    return [
        clients.Request(
            reverse("access:officer_sign_in"),
            f"{settings.CSRF_COOKIE_NAME}={token}",
            *clients.form({"email": email, "password": DEMO_PASSWORD}, token),
        )
        for email in emails
    ]


def _checks() -> dict[str, clients.Request]:
    """An access token of a system at userinfo and asked about, and a program's own token at the API."""
    from django.conf import settings
    from django.urls import reverse

    from camaug.access.actions.issue_token import issue_token
    from camaug.access.models import Account, ApiToken
    from camaug.access.queries import actor_of
    from camaug.kernel import clock
    from camaug.kernel.rest import Scope
    from camaug.people.loading import cast

    at = clock.now()
    clerk = actor_of(Account.objects.get(email=cast(settings.PROFILE).officers["clerk"].email), at=at, origin="bench")
    own = issue_token("bench", scopes=Scope, days=1, level="LoA2", by=clerk, at=at).secret
    ApiToken.objects.update(per_minute=1_000_000)
    client_id, secret, token = _entered(clerk, at)
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    body, headers = clients.form({"token": token}, "")
    introspected = (*headers, ("Authorization", f"Basic {basic}"))
    return {
        "userinfo": clients.Request(reverse("signon:userinfo"), headers=_bearer(token)),
        "introspection": clients.Request(reverse("signon:introspect"), body=body, headers=introspected),
        "api": clients.Request("/api/v1/me", headers=_bearer(own)),
    }


def _bearer(token: str) -> tuple[tuple[str, str], ...]:
    return (("Authorization", f"Bearer {token}"),)


def _entered(clerk: Any, at: Any) -> tuple[str, str, str]:
    """A system that the clerk has entered: its name and secret, and an access token that it got."""
    from camaug.access.authentication import Method
    from camaug.kernel.actors import SYSTEM
    from camaug.signon.actions.exchange import redeem_code
    from camaug.signon.actions.grant_code import grant_code
    from camaug.signon.actions.register_system import register_system
    from camaug.signon.actions.system_facts import SystemFacts
    from camaug.signon.models import Audience, Authentication
    from camaug.signon.presence import Presence, references

    address = "https://bench.example/back"
    made = register_system(
        SystemFacts(
            name="bench",
            owner_id=clerk.post.unit_id,
            contact="bench@example.vn",
            audience=Audience.STAFF,
            authentication=Authentication.BASIC,
            scopes=SCOPES,
            redirect_uris=(address,),
        ),
        by=SYSTEM,
        at=at,
    )
    given = grant_code(
        token_urlsafe(32),
        system=made.system,
        who=Presence(clerk.account_id, clerk, at, references([Method.PASSWORD]), "LoA1"),
        session=uuid4(),
        redirect_uri=address,
        scopes=list(SCOPES),
        nonce="",
        challenge="",
        at=at,
    )
    access = token_urlsafe(32)
    answer = {"access_token": access, "refresh_token": token_urlsafe(32), "scope": " ".join(SCOPES)}
    redeem_code(given, answer, by=clerk, at=at)
    return made.system.client_id, made.secret, access
