"""Pages go over the wire compressed; what is compressed already, short, or sent as it is read does not."""

import gzip

from django.test import Client

from tests.world import World

TAKES = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_compressed_for_whoever_takes_it(client: Client, world: World) -> None:
    plain, small = client.get("/guide/"), client.get("/guide/", headers=TAKES)
    assert not plain.has_header("Content-Encoding")
    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert len(gzip.decompress(small.content)) == len(plain.content)  # a token in it differs each time
    assert len(small.content) < len(plain.content) / 2


def test_so_is_what_a_program_reads(client: Client, world: World) -> None:
    described = client.get("/api/v1/openapi.json", headers=TAKES)
    assert described["Content-Encoding"] == "gzip"


def test_a_short_answer_stays_as_it_is(client: Client, world: World) -> None:
    assert not client.get("/procedures/suggestions/?q=zzzz", headers=TAKES).has_header("Content-Encoding")


def test_a_table_that_is_sent_as_it_is_read_stays_as_it_is(client: Client, world: World) -> None:
    table = client.get("/figures/tables/agencies.csv", headers=TAKES)
    assert table.status_code == 200
    assert not table.has_header("Content-Encoding")
