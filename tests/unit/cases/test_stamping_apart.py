"""Lines that a process of its own makes: whoever waits for them hears when it cannot."""

from array import array

import pytest
import yaml
from django.conf import settings

from camaug.cases.volume.crowd import Crowd
from camaug.cases.volume.packing import Template
from camaug.cases.volume.stamping import Series, Work, stamped


def test_work_that_cannot_be_done_ends_with_an_error_and_does_not_wait() -> None:
    crowd = Crowd(yaml.safe_load((settings.PROFILE / "names.yaml").read_text("utf-8")), seed=1)
    of_no_form = array("h", [0, 0, 0])
    work = Work(crowd, 0, 100, 1, None, (), (), of_no_form, 0, Series({}, {}))
    with stamped(work) as made, pytest.raises(EOFError):
        list(made)


@pytest.mark.parametrize("pieces", [["a", "b"], [b"1", "b", "a", b"2", "a", "c", b"3"], [b"1"], [], ["c", b"1", "c"]])
def test_a_template_settled_first_writes_the_same(pieces: list[bytes | str]) -> None:
    whole = Template.of(pieces, {"a": 0, "b": 1, "c": 2})
    at_once, settled = list[bytes](), list[bytes]()
    whole.add([b"A", b"BB", b"C"], at_once)
    whole.settled([b"A", b"BB"]).add([b"C"], settled)
    assert settled == at_once
