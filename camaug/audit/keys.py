"""The key that signs heads: a file outside the database, named by SEAL_KEY_FILE; and the witnesses that are known."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from camaug.audit.notes import NotANote, Signer, Verifier
from camaug.kernel import secret_files

PUBLIC = "key"
"""The name of the public half among the files of the tree."""


class NoKey(Exception):
    """There is no key to sign with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a witness is asked, and the key by which its word is known."""

    url: str
    key: Verifier


def origin() -> str:
    """The name of this tree in its heads: the portal's address without its scheme."""
    address = urlsplit(settings.PUBLIC_URL)
    return f"{address.netloc}{address.path.rstrip('/')}/history"


def signer() -> Signer:
    """The key of this installation; NoKey."""
    path = Path(settings.SEAL_KEY_FILE)
    try:
        return Signer.from_seed(origin(), base64.b64decode(path.read_text().strip(), validate=True))
    except OSError as slip:
        raise NoKey(
            f"The sealing key cannot be read ({slip.strerror}): make one with `camaug audit key FILE`."
        ) from slip
    except (binascii.Error, NotANote) as slip:
        raise NoKey("The sealing key's file does not hold a key: make one with `camaug audit key FILE`.") from slip


def published_key() -> str:
    """The public half, as the sealing process wrote it beside the tree; "" before anything was sealed.

    The web server shows it, and has no need of the key itself.
    """
    shelf = storages["history"]
    try:
        with shelf.open(PUBLIC, "r") as kept:
            return str(kept.read()).strip()
    except FileNotFoundError:
        return ""


def publish_key(key: Signer) -> None:
    """Write the public half beside the tree, where it is not there yet."""
    shelf, told = storages["history"], str(key.verifier)
    if published_key() != told:
        shelf.delete(PUBLIC)
        shelf.save(PUBLIC, ContentFile(f"{told}\n".encode()))


def make_key(path: Path) -> None:
    """Write a new key into a file that is not there yet, for its owner only; FileExistsError."""
    secret_files.make(path, base64.b64encode(secrets.token_bytes(32)).decode() + "\n")


def witnesses() -> list[Witness]:
    """Those of the setting WITNESSES: `address key`, separated by commas; NotANote where a key is none."""
    found = []
    for one in settings.WITNESSES:
        url, _blank, key = one.partition(" ")
        found.append(Witness(url.rstrip("/"), Verifier.parse(key)))
    return found
