"""Whose a file is: what root writes for the site must be the site's, or the site could not read it any more."""

import os
from pathlib import Path


def belong(path: Path, like: Path) -> None:
    """Give `path` the owner and group of `like`, where this process may."""
    if os.geteuid() == 0:
        kept = like.stat()
        os.chown(path, kept.st_uid, kept.st_gid)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing, each for the owner of the one above it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    belong(folder, folder.parent)
