"""Memory that is gathered in huge pages stays what it was."""

import mmap
from pathlib import Path

import pytest

from camaug.runtime import huge_pages
from camaug.runtime.huge_pages import SIZE

LINES = """
55d0c0000000-55d0c0200000 r--p 00000000 fe:00 1234 /usr/bin/python3.13
55d0c1000000-55d0c1201000 rw-p 00000000 00:00 0 [heap]
7f0000001000-7f0000a01000 rw-p 00000000 00:00 0
7f0001000000-7f00011ff000 rw-p 00000000 00:00 0
7f0002000000-7f0002400000 rw-s 00000000 00:01 77 /dev/zero (deleted)
7f0003000000-7f0003400000 r-xp 00000000 00:00 0
7ffc00000000-7ffc00400000 rw-p 00000000 00:00 0 [stack]
""".strip().splitlines()


def test_only_whole_pages_of_the_processs_own_memory_are_gathered() -> None:
    own = list(huge_pages._own(LINES))
    assert [hex(start) for start, _end in own] == ["0x55d0c1000000", "0x7f0000001000", "0x7f0001000000"]
    assert [(hex(start), (end - start) // SIZE) for start, end in huge_pages._whole(own)] == [
        ("0x55d0c1000000", 1), ("0x7f0000200000", 4),
    ]  # fmt: skip


def test_what_lies_there_is_untouched() -> None:
    with mmap.mmap(-1, 6 * SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        for at in range(0, len(memory), 4096):
            memory[at : at + 8] = at.to_bytes(8)
        gathered = huge_pages.gather()
        assert all(memory[at : at + 8] == at.to_bytes(8) for at in range(0, len(memory), 4096))
    modes = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    if modes.exists() and "[never]" not in modes.read_text():
        assert gathered >= 5


def test_a_kernel_that_refuses_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huge_pages, "_COLLAPSE", 9999)
    assert huge_pages.gather() == 0
