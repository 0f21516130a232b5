"""The signed heads, against the leaves as they come: signature, chain, root; and what the witnesses remember."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from camaug.audit import merkle
from camaug.audit.entries import instant
from camaug.audit.keys import Witness
from camaug.audit.models import Head
from camaug.audit.notes import Checkpoint, NotANote, Note, Verifier
from camaug.audit.verifying.findings import Finding, Kind
from camaug.kernel.outgoing.asking import Unreachable, ask


@dataclass(slots=True)
class Growing:
    """The root of the leaves so far: the whole subtrees, the largest first."""

    size: int = 0
    _subtrees: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """One more leaf."""
        level, found = 0, leaf
        while self._subtrees and self._subtrees[-1][0] == level:
            found = merkle.node_hash(self._subtrees.pop()[1], found)
            level += 1
        self._subtrees.append((level, found))
        self.size += 1

    def root(self) -> bytes:
        """Of the tree as it is now."""
        if not self._subtrees:
            return merkle.EMPTY
        found = self._subtrees[-1][1]
        for _level, left in reversed(self._subtrees[:-1]):
            found = merkle.node_hash(left, found)
        return found


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's word that the tree of so many leaves has that root."""

    size: int
    root: bytes
    who: str


def claims(key: Verifier, witnesses: Sequence[Witness]) -> tuple[list[Claim], list[Finding]]:
    """What the database's heads and the witnesses say, by size; and what is wrong with their words themselves."""
    found: list[Finding] = []
    told = [*_own(key, found), *(claim for witness in witnesses if (claim := _remembered(witness, key, found)))]
    return sorted(told, key=lambda claim: claim.size), found


def wrong(claims_: Iterable[Claim], grown: Growing) -> Iterator[Finding]:
    """Those claims about this size that do not fit the leaves."""
    for claim in claims_:
        if claim.root != grown.root():
            kind = Kind.WITNESS if claim.who else Kind.HEAD
            yield Finding(kind, index=claim.size, what=(claim.who or "root",))


def _own(key: Verifier, found: list[Finding]) -> Iterator[Claim]:
    before: Head | None = None
    for head in Head.objects.order_by("size").iterator():
        try:
            note = Note.parse(head.note)
            told = Checkpoint.parse(note.text)
        except NotANote:
            found.append(Finding(Kind.HEAD, index=head.size, what=("note",)))
            continue
        wrong_parts = _wrong_parts(head, told, before, signed=note.is_by(key))
        if wrong_parts:
            found.append(Finding(Kind.HEAD, index=head.size, what=wrong_parts))
        else:
            yield Claim(told.size, told.root, "")
        before = head


def _wrong_parts(head: Head, told: Checkpoint, before: Head | None, *, signed: bool) -> tuple[str, ...]:
    chain = [line for line in told.more if line.startswith("previous ")]
    due = [f"previous {b64encode(hashlib.sha256(before.note.encode()).digest()).decode()}"] if before else []
    checks = {
        "signature": signed,
        "size": told.size == head.size,
        "root": told.root == bytes(head.root),
        "time": f"time {instant(head.signed_at)}" in told.more,
        "previous": chain == due,
    }
    return tuple(name for name, holds in checks.items() if not holds)


def _remembered(witness: Witness, key: Verifier, found: list[Finding]) -> Claim | None:
    name = witness.key.name
    try:
        reply = ask("GET", f"{witness.url}/checkpoint/{quote(key.name, safe='')}")
        note = Note.parse(reply.body.decode(errors="replace"))
        told = Checkpoint.parse(note.text)
    except Unreachable:
        found.append(Finding(Kind.WITNESS, what=(name, "does not answer")))
    except NotANote:
        found.append(Finding(Kind.WITNESS, what=(name, "knows no head")))
    else:
        if note.is_by(key):
            return Claim(told.size, told.root, name)
        found.append(Finding(Kind.WITNESS, what=(name, "remembers a head that is not signed by this key")))
    return None
