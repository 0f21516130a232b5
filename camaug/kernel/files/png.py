"""PNG (ISO/IEC 15948), unpacked row by row in little memory, to know whether the whole picture is there."""

import struct
import zlib
from collections.abc import Iterator
from itertools import repeat

_HEAD = 8
_BLOCK = 1 << 20
_LAST_FILTER = 4
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_WHOLE = ((0, 0, 1, 1),)
_INTERLACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The seven passes of Adam7: the first column and row of each, and the steps to the next ones."""


def walk_png(octets: bytes) -> None:
    """Go to the picture's last row; ValueError or zlib.error where it ends before, or a row is of no known kind.

    Pillow alone does not tell: other libraries in the process may have made it lenient toward files cut short.
    """
    blocks, waiting = _unpacked(octets), bytearray()
    for length in _rows(octets):
        while len(waiting) < length:
            block = next(blocks, b"")
            if not block:
                raise ValueError("cut short")
            waiting += block
        if waiting[0] > _LAST_FILTER:
            raise ValueError("no such filter")
        del waiting[:length]


def _rows(octets: bytes) -> Iterator[int]:
    """The length of each row as it is packed, in bytes; the first of them names its filter."""
    width, height, depth, colours, _packing, _filters, interlaced = struct.unpack(">IIBBBBB", octets[16:29])
    if colours not in _CHANNELS:
        raise ValueError("no such colours")
    for left, top, across, down in _INTERLACED if interlaced else _WHOLE:
        columns, rows = (width - left + across - 1) // across, (height - top + down - 1) // down
        if columns > 0:
            yield from repeat(1 + (columns * depth * _CHANNELS[colours] + 7) // 8, max(0, rows))


def _unpacked(octets: bytes) -> Iterator[bytes]:
    unpacking = zlib.decompressobj()
    for packed in _image_data(octets):
        left = packed
        while left and not unpacking.eof:
            if block := unpacking.decompress(left, _BLOCK):
                yield block
            left = unpacking.unconsumed_tail


def _image_data(octets: bytes) -> Iterator[bytes]:
    at = _HEAD
    while at + 12 <= len(octets):
        length, kind = struct.unpack(">I4s", octets[at : at + 8])
        if kind == b"IDAT":
            yield octets[at + 8 : at + 8 + length]
        at += 12 + length
