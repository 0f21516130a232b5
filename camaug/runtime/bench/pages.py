"""First visits in a real Chromium, as a phone that has never been here: bytes over the wire, and Lighthouse's marks."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camaug.kernel.clock import LOCAL
from camaug.runtime.bench import dataset, desk, people, site
from camaug.runtime.console import step

SIZES = (10_000,)
RUNS, LEAST = 3, 95
PROCEDURE = "dang-ky-khai-sinh"
BROWSER = dataset.ROOT / "scripts" / "pages"


class NoBrowser(Exception):
    """Chromium or what drives it could not be installed."""


@dataclass(frozen=True, slots=True)
class Page:
    """`most`: bytes of a first visit; `marks`: whether Lighthouse looks at it."""

    name: str
    path: str
    cookies: str = ""
    most: int | None = None
    marks: bool = True


def run(size: int) -> dict[str, Any]:
    """`ratio` is the worst of bytes to their limit and of 95 to each mark, a median of three runs: at most 1."""
    _install()
    with dataset.dataset(size, copy=True) as address:
        with desk.at(address):
            pages = _pages()
        with site.serving(address) as port, step(f"Opening {len(pages)} pages in Chromium"):
            seen = _opened(pages, port)
    return {"ratio": round(max(_worst(page, seen[page.name]) for page in pages), 4), "runs": RUNS, "pages": seen}


def _worst(page: Page, seen: dict[str, Any]) -> float:
    shares: list[float] = [LEAST / max(mark, 1) for mark in seen.get("marks", {}).values()]
    if page.most:
        shares.append(seen["bytes"] / page.most)
    return max(shares)


def _install() -> None:
    """What only this needs, where it is not there yet."""
    make = ["make", "--silent", "--directory", str(dataset.ROOT), "bench-packages"]
    if subprocess.run(make, stdout=sys.stderr, check=False).returncode:
        raise NoBrowser("The packages that drive Chromium could not be installed: see `make bench-packages`.")


def _opened(pages: list[Page], port: int) -> dict[str, dict[str, Any]]:
    asked = {"chromium": shutil.which("chromium"), "runs": RUNS, "pages": [_asked(page, port) for page in pages]}
    command = [str(Path(sys.executable).with_name("node")), str(BROWSER / "measure.mjs")]
    done = subprocess.run(command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True)
    found = {page["name"]: page for page in map(json.loads, done.stdout.splitlines())}
    return {page.name: _told(page, found[page.name]) for page in pages}


def _asked(page: Page, port: int) -> dict[str, Any]:
    cookies = [dict(zip(("name", "value"), one.split("=", 1), strict=True)) for one in page.cookies.split("; ") if one]
    return {
        "name": page.name,
        "url": f"http://localhost:{port}{page.path}",
        "cookies": cookies,
        "marks": page.marks,
    }


def _told(page: Page, found: dict[str, Any]) -> dict[str, Any]:
    limit = {"limit": page.most} if page.most else {}
    marks = {"marks": found["marks"], "lost": found["lost"]} if page.marks else {}
    return {"bytes": found["bytes"], **limit, "requests": len(found["files"]), **marks}


def _pages() -> list[Page]:
    """The six pages most citizens pass through, from finding to following, and an officer's full inbox."""
    from django.conf import settings
    from django.urls import reverse

    from camaug.access.models import Account
    from camaug.people.loading import cast

    clerk = Account.objects.get(email=cast(settings.PROFILE).officers["clerk"].email)
    form, mother = _first_page(settings.PROFILE)
    return [
        Page("home", reverse("portal:home"), most=120_000),
        Page("procedures", f"{reverse('portal:procedures')}?q=khai+sinh"),
        Page("procedure", reverse("catalogue:procedure", args=[PROCEDURE]), most=120_000),
        Page("form", form, mother),
        Page("followed", reverse("citizen:followed"), _following()),
        Page("guide", reverse("catalogue:guide")),
        Page("inbox", f"/desk/{desk.OFFICERS['clerk']}/", people.signed_in(clerk), most=200_000, marks=False),
    ]


def _first_page(profile: Path) -> tuple[str, str]:
    """The address of an application's first page, and the cookies of the one who applies."""
    from django.urls import reverse

    from camaug.access.models import Account
    from camaug.access.queries import actor_of
    from camaug.cases.actions.start import start
    from camaug.catalogue.forms.pages import next_page
    from camaug.catalogue.queries import current
    from camaug.kernel import clock
    from camaug.people.loading import cast

    at = clock.now()
    mother = Account.objects.get(email=cast(profile).citizens["mother"].email)
    case = start(PROCEDURE, by=actor_of(mother, at=at, origin="bench"), at=at)
    on = at.astimezone(LOCAL).date()
    page = next_page(current(PROCEDURE, on).definition.form, case.answers, None, on=on)
    return reverse("citizen:page", args=[case.pk, page.id if page else ""]), people.signed_in(mother)


def _following() -> str:
    """The cookies of somebody who has just typed a case's code and the last digits of the phone."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from camaug.cases.models import Case

    case = Case.objects.submitted().exclude(applicant_phone="").order_by("-submitted_at")[0]
    browser = Client()
    browser.post(reverse("citizen:follow"), {"code": case.code, "fact": case.applicant_phone[-4:]})
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
