"""The frame of the administrators' area: who finds it, and what it leads to."""

import re

from tests.desks import desk_of
from tests.world import World

HOME = "/desk/administration/"
OPERATION = {"/desk/administration/failing/", "/desk/administration/national-portal/"}
"""What operators see of it."""


def test_the_area_is_found_by_administrators_alone(world: World) -> None:
    assert desk_of(world, "administrator").get(HOME).status_code == 200
    for who in world.officers.keys() - {"administrator"}:
        desk = desk_of(world, who)
        assert desk.get(HOME).status_code == 404, who
        shown = desk.get("/desk/", follow=True).content.decode()
        led = {href for href in re.findall(r'href="([^"]+)"', shown) if HOME in href}
        assert led == (OPERATION if who == "operator" else set()), who


def test_the_rail_leads_to_the_home_page_and_the_home_page_to_every_section(world: World) -> None:
    shown = desk_of(world, "administrator").get(HOME)
    first, *sections = shown.context["frame"].administration
    assert (first.href, first.current) == (HOME, True)
    tiles = shown.content.decode().partition('class="tiles"')[2]
    for section in sections:
        assert section.words
        assert f'href="{section.href}"' in tiles
        assert section.href.startswith(HOME)
