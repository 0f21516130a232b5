"""What a witness answers to a head that it is shown (tlog-witness, `add-checkpoint`)."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from camaug.audit import merkle
from camaug.audit.notes import Checkpoint, NotANote, Note, Signer
from camaug.audit.witness.memory import Memory

_LONGEST_PATH = 63


@dataclass(frozen=True, slots=True)
class Shown:
    """A request: the size that the asker takes for the witness's last, the path from it, the new head."""

    old: int
    path: tuple[bytes, ...]
    head: Note

    @classmethod
    def parse(cls, body: str) -> "Shown":
        """NotANote where the request is none."""
        said, _gap, note = body.partition("\n\n")
        first, *path = said.split("\n")
        word, _blank, number = first.partition(" ")
        if word != "old" or not number.isascii() or not number.isdigit() or len(path) > _LONGEST_PATH:
            raise NotANote("the request does not begin with `old` and a number")
        try:
            steps = tuple(base64.b64decode(step, validate=True) for step in path)
        except (binascii.Error, ValueError) as slip:
            raise NotANote("a step of the path is not base64") from slip
        return cls(int(number), steps, Note.parse(note))

    def __str__(self) -> str:
        return f"old {self.old}\n{lines(self.path)}\n{self.head}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: a signature, the size that the witness knows (409), or why not."""

    status: HTTPStatus
    text: str = ""


def lines(path: Sequence[bytes]) -> str:
    """Hashes as the protocol writes them, one a line."""
    return "".join(f"{base64.b64encode(step).decode()}\n" for step in path)


def judge(body: str, *, memory: Memory, signer: Signer, at: datetime) -> Verdict:
    """Sign the head if it is the tree's own and grew out of the last one; what is signed is remembered first."""
    try:
        shown = Shown.parse(body)
        head = Checkpoint.parse(shown.head.text)
    except NotANote as slip:
        return Verdict(HTTPStatus.BAD_REQUEST, str(slip))
    tree = memory.tree(head.origin)
    if tree is None:
        return Verdict(HTTPStatus.NOT_FOUND, "this tree is not known here")
    if not shown.head.is_by(tree):
        return Verdict(HTTPStatus.FORBIDDEN, "this head is not signed by the tree's key")
    with memory.turn(head.origin) as last:
        return _judge(shown, head, last, memory, signer, at)


def _judge(
    shown: Shown, head: Checkpoint, last: Checkpoint | None, memory: Memory, signer: Signer, at: datetime
) -> Verdict:
    if shown.old > head.size:
        return Verdict(HTTPStatus.BAD_REQUEST, "the tree cannot have shrunk")
    known = last.size if last else 0
    if shown.old != known:
        return Verdict(HTTPStatus.CONFLICT, f"{known}\n")
    if not merkle.grew(known, last.root if last else merkle.EMPTY, head.size, head.root, shown.path):
        return Verdict(HTTPStatus.UNPROCESSABLE_ENTITY, "this head did not grow out of the last one")
    memory.remember(head.origin, shown.head)
    return Verdict(HTTPStatus.OK, signer.sign(shown.head.text, at=at))
