"""The list of a backup's octets, `SHA256SUMS`: the dump, the stored files by their names, the sealed tree.

`sha256sum --check SHA256SUMS` finds damage without any key; `camaug restore` looks by the same list.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from camaug.runtime.keeping.manifest import LIST, NoBackup

type Add = Callable[[str, str], object]

_LINE = re.compile(r"([0-9a-f]{64})  ((?!/|.*\.\.)[\w./-]+)\n")


@contextmanager
def listing(folder: Path) -> Iterator[Add]:
    """Write the list of a new backup; what is given out adds a path below its folder, and the digest of the octets."""
    with (folder / LIST).open("w") as file:
        yield lambda path, sha256: file.write(f"{sha256}  {path}\n")
        file.flush()
        os.fsync(file.fileno())


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and digest of all that the backup's list names, in its order; NoBackup where a line is none."""
    with (folder / LIST).open() as lines:
        for line in lines:
            found = _LINE.fullmatch(line)
            if found is None:
                raise NoBackup(f"{folder / LIST} is not what was written: the backup is damaged.")
            yield found[2], found[1]
