"""Rows in PostgreSQL's binary format: fixed pieces, and between them the columns of what differs from copy to copy."""

import pytest

from camaug.cases.volume.packing import Lengths, Template


@pytest.mark.parametrize("pieces", [["a", "b"], [b"1", "b", "a", b"2", "a", "c", b"3"], [b"1"], [], ["c", b"1", "c"]])
def test_a_template_settled_first_writes_the_same(pieces: list[bytes | str]) -> None:
    whole = Template.of(pieces, {"a": 0, "b": 1, "c": 2})
    settled = whole.settled([b"A", b"BB"])
    first, second = {"a": b"A", "b": b"BB", "c": b"C"}, {"a": b"A", "b": b"BB", "c": b""}
    wanted = b"".join(one if isinstance(one, bytes) else values[one] for values in (first, second) for one in pieces)
    assert whole.filled([[b"A", b"A"], [b"BB", b"BB"], [b"C", b""]], 2) == wanted
    assert settled.filled([[b"C", b""]], 2) == wanted


def test_lengths_count_what_is_shared_and_what_is_a_copys_own() -> None:
    lengths = Lengths(["l:3\0p", "l:4\0p\0c", "l:5"], {"p": 0}, {"c": 0})
    shared = list(zip(lengths.shared([b"here"]), lengths.shared([b"elsewhere"]), strict=True))
    found = lengths.of(shared, [[b"x", b"yyyy"]], 2)
    assert [[int.from_bytes(size) for size in column] for column in found] == [[7, 12], [9, 17], [5, 5]]
