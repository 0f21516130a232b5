"""Which page to look at as whom: run beside the site, on its database. Prints JSON for test_every_page_is_sound.py.

Every URL of the URLconf is asked for by everybody whom its door lets in, with the cast's belongings and the demo's
cases, until it answers with a page; `closed` are those that never do.
"""

import json
from dataclasses import dataclass

from django.conf import settings

from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.contacts import parse_contact
from camaug.access.models import Account
from camaug.cases.models import Case
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.people import loading as people
from camaug.people.profile.cast import read_cast
from camaug.people.queries import directory
from tests.belongings import Belonging, Look, belongings, looks, of_the_office, tries, values_of
from tests.urls import Url, every_url, is_operation
from tests.visitors import Visitor, visitors
from tests.world import AGENCIES, AT, COMMUNE, DISTRICT, World

NO_PAGE = {301, 302, 401, 405}  # 401: for programs that bear a token


@dataclass(frozen=True)
class Stop:
    """One page, with the session of the one who looks at it ("" for a stranger)."""

    url: str
    path: str
    session: str


def standing() -> World:
    """The cast as it is in the demo."""
    cast, agencies = read_cast(settings.PROFILE), directory(now().date())
    persons = people.register_cast(settings.PROFILE, at=AT)
    return World(
        officers={key: Account.objects.get(email=who.email).id for key, who in cast.officers.items()},
        citizens={key: _account(persons[key], who.phone) for key, who in cast.citizens.items()},
        agencies={code: agencies.by_code(code).id for code in AGENCIES},
    )


def _account(person: object, phone: str) -> object:
    known = Account.objects.filter(person_id=person).first()
    return (known or open_citizen_account(person, contact=parse_contact(phone), by=SYSTEM, at=AT)).id  # type: ignore[arg-type]


def demo_cases(world: World) -> list[Belonging]:
    """One case of each state and step that the commune and the district have."""
    rows = Case.objects.submitted().filter(receiving_agency__in=[world.agencies[COMMUNE], world.agencies[DISTRICT]])
    kinds = {(case.procedure_id, case.state, case.step): case for case in rows.order_by("created_at")}
    return [Belonging(f"{case.state} {case.step}", case, values_of(case)) for case in kinds.values()]


def stop_at(url: Url, everybody: list[Visitor], seen: list[Look], office: dict[str, object]) -> Stop | str:
    """The first page that opens; else what was answered, "" where the URL shows no page by its nature."""
    answers = set[int]()
    for visitor, path in tries(url, everybody, seen, office):
        response = visitor.client.get(path)
        answers.add(response.status_code)
        if response.status_code != 200:
            continue
        if not response.headers["Content-Type"].startswith("text/html") or b"<html" not in response.content:
            return ""
        cookie = visitor.client.cookies.get(settings.SESSION_COOKIE_NAME)
        return Stop(url.name, path, cookie.value if cookie else "")
    return "" if answers & NO_PAGE else f"{url.name}: {sorted(answers)}"


def main() -> None:
    """Make what is to be seen, and print where it is."""
    world = standing()
    everybody = visitors(world, raising=False)
    everybody.append(everybody.pop([one.key for one in everybody].index("newcomer")))
    seen, office = looks(everybody, [*belongings(world), *demo_cases(world)]), of_the_office(world)
    found = [stop_at(url, everybody, seen, office) for url in every_url() if not is_operation(url)]
    stops = [vars(one) for one in found if isinstance(one, Stop)]
    print(json.dumps({"stops": stops, "closed": [one for one in found if isinstance(one, str) and one]}))
