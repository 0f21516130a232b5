"""The rail leads everybody to what is his, and to nothing else."""

import re

import pytest

from tests.desks import desk_of
from tests.world import World


def rail_of(world: World, who: str) -> tuple[str, list[str]]:
    """Where the day begins for an officer, and where the rail leads from there."""
    desk = desk_of(world, who)
    shown = desk.get("/desk/", follow=True)
    assert shown.status_code == 200, who
    home = shown.redirect_chain[-1][0] if shown.redirect_chain else "/desk/"
    links = [link for group in shown.context["frame"].desk for link in group.links]
    assert [link.href for link in links if link.current] == [home], who
    return home, [link.href for link in links]


@pytest.mark.parametrize(
    ("who", "home"),
    [("operator", "/desk/administration/failing/"), ("administrator", "/desk/administration/"), ("clerk", "/desk/")],
)
def test_the_day_begins_where_there_is_something_to_do(world: World, who: str, home: str) -> None:
    assert rail_of(world, who)[0] == home


@pytest.mark.parametrize("who", ["operator", "administrator"])
def test_who_works_on_no_case_is_led_to_none(world: World, who: str) -> None:
    _home, led = rail_of(world, who)
    casework = re.compile(r"/desk/(waiting/|ratings/|delegations/|search/|counter/|register/|load/|$)")
    assert [href for href in led if casework.match(href)] == []
    assert 'action="/desk/search/"' not in desk_of(world, who).get("/desk/absences/").content.decode()
    assert {"/desk/reminders/", "/desk/absences/", "/account/security/", "/sign-out/"} <= set(led)


@pytest.mark.parametrize("who", ["operator", "administrator", "clerk", "specialist", "chairman", "district_head"])
def test_every_link_of_the_rail_opens(world: World, who: str) -> None:
    desk = desk_of(world, who)
    _home, led = rail_of(world, who)
    refused = {href: answer.status_code for href in led if (answer := desk.get(href, follow=True)).status_code != 200}
    assert refused == {}


def test_an_officer_finds_back_to_the_desk_from_the_portal_and_from_a_page_that_is_not_there(world: World) -> None:
    desk = desk_of(world, "clerk")
    assert 'href="/desk/"' in desk.get("/").content.decode()
    lost = desk.get("/desk/no-such-page/")
    assert lost.status_code == 404
    assert '<a href="/desk/" class="govuk-button' in lost.content.decode()
