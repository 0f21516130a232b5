from collections.abc import Collection, Iterator

import pytest
from django.db import transaction
from django.test import Client

from camaug.access.models import Account
from camaug.behalf.models import Mandate
from camaug.behalf.queries import Act
from camaug.cases.models import Case, Reading
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.pages import Audience, Door, door_of
from camaug.people.models import Position
from tests.belongings import Belonging, belongings, message_to, names_a_case
from tests.helping import HELPER
from tests.urls import Url, every_url
from tests.urls_samples import SAMPLES
from tests.visitors import Visitor, status_of, visitors
from tests.world import AT, COMMUNE, World

OPEN = {200, 302, 405}
REFUSED = {404, 405}
REFUSED_BY_API = {401, 404, 405, 422}  # 422: it lacks a fact that nobody has by accident
SIGN_IN = {Audience.SIGNED_IN: "/sign-in/?", Audience.MEMBERS: "/sign-in/?", Audience.STAFF: "/desk/sign-in/?"}
ONE_CASE = [url for url in every_url() if names_a_case(SAMPLES.get(url.name, {}))]


@pytest.fixture
def everybody(world: World) -> list[Visitor]:
    return visitors(world)


@pytest.fixture
def cases(world: World) -> tuple[Belonging, ...]:
    return belongings(world)


def door(url: Url) -> Door:
    found = door_of(url.view)
    assert found
    return found


def expected(door: Door, visitor: Visitor, url: Url) -> set[int | str]:
    """Statuses, or the beginning of the address to be led to, that are right for this visitor."""
    if url.name.startswith("api:"):
        return OPEN | REFUSED_BY_API  # who may call what is told by tests of the gateway
    if url.name == "signon:userinfo":
        return {401}  # for bearers of a token, whoever they are here
    if door.admits(visitor.actor):
        # Behind its door a page may still say that there is no such thing as the sample, or that one may not touch it.
        inner = {404} if url.parameters else set()
        return OPEN | inner | (set() if door.audience == Audience.PUBLIC else {403})
    if visitor.actor.kind == ActorKind.ANONYMOUS:
        return {SIGN_IN[door.audience]}
    if visitor.actor.kind == ActorKind.PUBLIC and door.audience == Audience.MEMBERS:
        return {"/sign-in/who/?"}
    return {404}


def got(visitor: Visitor, path: str, wanted: set[int | str]) -> int | str:
    """The status, or the address where the visitor is led if that is what is wanted."""
    response = visitor.client.get(path)
    target = response.headers.get("Location", "")
    return next((w for w in wanted if isinstance(w, str) and target.startswith(w)), status_of(response))


def seen_by(actor: Actor, cases: Collection[Belonging]) -> list[Belonging]:
    """Which cases are the citizen's own, of somebody whom he helps, or of an agency where the officer works."""
    visible = Case.objects.visible_to(actor, *Act).filter(pk__in=[one.case.pk for one in cases])
    seen = set(visible.values_list("pk", flat=True))
    return [one for one in cases if one.case.pk in seen]


def strangers(everybody: list[Visitor], cases: tuple[Belonging, ...]) -> Iterator[tuple[Visitor, Belonging, str]]:
    """Every page about one case, by everybody whom its door lets in, with a draft and a sent case hidden from him."""
    strange = {visitor.key: list(_hidden(visitor.actor, cases)) for visitor in everybody}
    for url in ONE_CASE:
        for visitor in (one for one in everybody if door(url).admits(one.actor)):
            for belonging in strange[visitor.key]:
                yield visitor, belonging, url.path(belonging.fill(SAMPLES[url.name]))


def _hidden(actor: Actor, cases: tuple[Belonging, ...]) -> Iterator[Belonging]:
    """The first draft and the last sent case."""
    seen = {one.key for one in seen_by(actor, cases)}
    hidden = [one for one in cases if one.key not in seen]
    yield from [one for one in hidden if not one.case.code][:1]
    yield from [one for one in hidden if one.case.code][-1:]


def test_an_administrator_reads_no_case_of_the_agency_where_his_post_is(
    world: World, everybody: list[Visitor], cases: tuple[Belonging, ...]
) -> None:
    administrator = next(one for one in everybody if one.key == "administrator")
    officer = Account.objects.get(pk=administrator.actor.account_id).officer_id
    Position.objects.filter(officer=officer).update(agency=world.agencies[COMMUNE])
    of_the_commune = [one for one in cases if world.agencies[COMMUNE] in one.case.participants and one.case.code]
    wrong = []
    for url in (one for one in ONE_CASE if door(one).audience != Audience.PUBLIC):
        path = url.path(of_the_commune[-1].fill(SAMPLES[url.name]))
        if (status := status_of(administrator.client.get(path))) not in _refused(path):
            wrong.append(f"{path}: {status}")
    assert not wrong, "\n".join(wrong)


def _refused(path: str) -> set[int]:
    return REFUSED_BY_API if path.startswith("/api/") else REFUSED


def state_of(belonging: Belonging) -> tuple[object, ...]:
    """What must not change under a stranger's hand."""
    case = Case.objects.get(pk=belonging.case.pk)
    counts = (case.files.count(), case.papers.count(), case.notes.count(), case.slips.count(), case.results.count())
    return case.revision, case.state, case.saved_at, case.answers, counts


def test_every_page_is_open_to_its_audience_and_closed_to_everybody_else(everybody: list[Visitor]) -> None:
    wrong = []
    for url in every_url():
        path = url.path(SAMPLES.get(url.name, {}))
        for visitor in everybody:
            wanted = expected(door(url), visitor, url)
            answer = got(visitor, path, wanted)
            if answer not in wanted:
                wrong.append(f"{visitor.key} at {path}: {answer}, wanted {sorted(map(str, wanted))}")
    assert not wrong, "\n".join(wrong)


def test_nothing_can_be_sent_to_a_page_that_is_closed_to_the_sender(everybody: list[Visitor]) -> None:
    wrong = []
    for url in every_url():
        path = url.path(SAMPLES.get(url.name, {}))
        for visitor in (one for one in everybody if not door(url).admits(one.actor)):
            response = visitor.client.post(path)
            if response.status_code not in (302, 404) or "sessionid" in response.cookies:
                wrong.append(f"{visitor.key} to {path}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_nobody_reads_a_case_that_is_not_his_or_his_agencys(
    everybody: list[Visitor], cases: tuple[Belonging, ...]
) -> None:
    wrong = []
    for visitor, belonging, path in strangers(everybody, cases):
        if (status := status_of(visitor.client.get(path))) not in _refused(path):
            wrong.append(f"{visitor.key} at {path} ({belonging.key}): {status}")
    assert not wrong, "\n".join(wrong)


def test_nobody_changes_a_case_that_is_not_his_or_his_agencys(
    everybody: list[Visitor], cases: tuple[Belonging, ...]
) -> None:
    wrong = []
    before = {belonging.key: state_of(belonging) for belonging in cases}
    for visitor, belonging, path in strangers(everybody, cases):
        typed = {"seen": belonging.case.revision, "reason": "Vì tôi muốn thế", "found": "CHECKED", "way": "CASH"}
        if (status := status_of(visitor.client.post(path, typed))) not in _refused(path):
            wrong.append(f"{visitor.key} to {path} ({belonging.key}): {status}")
    assert not wrong, "\n".join(wrong)
    assert {belonging.key: state_of(belonging) for belonging in cases} == before


def test_every_page_about_a_case_opens_for_somebody(everybody: list[Visitor], cases: tuple[Belonging, ...]) -> None:
    """Else the two tests above would hold for a page whose sample leads nowhere."""
    closed = []
    seen = {visitor.key: {one.key for one in seen_by(visitor.actor, cases)} for visitor in everybody}
    for url in ONE_CASE:
        ways = [
            (visitor.client, url.path(belonging.fill(SAMPLES[url.name])))
            for belonging in cases
            for visitor in everybody
            if door(url).admits(visitor.actor) and belonging.key in seen[visitor.key]
        ]
        if not any(_opens(client, path) for client, path in ways):
            closed.append(url.name)
    assert not closed


def _opens(client: Client, path: str) -> bool:
    with transaction.atomic():
        status = status_of(client.get(path))
        transaction.set_rollback(True)
    return status in OPEN | {403} | ({422} if path.startswith("/api/") else set())


def test_a_file_is_found_only_under_its_own_case(everybody: list[Visitor], cases: tuple[Belonging, ...]) -> None:
    """The pieces of the finished case under the other cases that somebody sees."""
    wrong = []
    pieces = [url for url in ONE_CASE if {"file", "slip", "result"} & set(url.parameters)]
    assert pieces
    finished = next(one for one in cases if one.key == "finished")
    seen = {visitor.key: seen_by(visitor.actor, cases) for visitor in everybody}
    for url in pieces:
        for visitor in (one for one in everybody if door(url).admits(one.actor)):
            for outer in (one for one in seen[visitor.key] if one is not finished):
                mixed = {**finished.values, "case": outer.values["case"], "code": outer.values["code"]}
                path = url.path(Belonging("", outer.case, mixed).fill(SAMPLES[url.name]))
                if (status := status_of(visitor.client.get(path))) not in _refused(path):
                    wrong.append(f"{visitor.key} at {path}: {status}")
    assert not wrong, "\n".join(wrong)


def test_a_message_is_marked_as_read_by_its_reader_alone(world: World, everybody: list[Visitor]) -> None:
    message = message_to(world.citizens["mother"])
    for visitor in sorted(everybody, key=lambda one: one.key == "mother"):
        visitor.client.post(f"/messages/{message.id}/reading/")
        message.refresh_from_db()
        assert (message.read_at is not None) == (visitor.key == "mother"), visitor.key


def test_every_parameter_of_a_page_has_a_real_object(cases: tuple[Belonging, ...]) -> None:
    for url in ONE_CASE:
        for belonging in cases:
            belonging.fill(SAMPLES[url.name])


OPEN_TO_HELPERS = {
    "helped_draft": {"go_on", "page", "office", "papers", "joining", "delivery", "check", "delete", "file", "my_case"},
    "helped": {"my_case", "receipt", "supplement", "supplement_page", "declaration", "file", "slip", "joining"}
    | {
        "go_on",
        "page",
        "office",
        "papers",
        "delivery",
        "check",
        "delete",
        "draft",
        "draft_file",
    },  # these lead on to where the case stands
}
"""What a helper under a mandate of every act is shown of a draft, and of a case that is to be supplemented."""


def test_a_helper_is_shown_what_the_mandate_lets_him_do_and_nothing_else(
    everybody: list[Visitor], cases: tuple[Belonging, ...]
) -> None:
    helper = next(one for one in everybody if one.key == HELPER)
    pages = [url for url in ONE_CASE if url.name.startswith("citizen:") and "case" in SAMPLES[url.name]]
    for belonging in (one for one in cases if one.key in OPEN_TO_HELPERS):
        paths = {url.name: url.path(belonging.fill(SAMPLES[url.name])) for url in pages}
        shown = {name for name, path in paths.items() if status_of(helper.client.get(path)) in (200, 302)}
        assert shown == {f"citizen:{name}" for name in OPEN_TO_HELPERS[belonging.key]}
        noted = Reading.objects.filter(subject_id=belonging.case.pk, account_id=helper.actor.account_id)
        assert set(noted.values_list("why", "mandate_id")) == {("HELP", belonging.case.mandate_id)}
        Mandate.objects.update(ended_at=AT)
        closed = {name: status_of(helper.client.get(path)) for name, path in paths.items()}
        assert set(closed.values()) <= REFUSED, closed
        Mandate.objects.update(ended_at=None)
