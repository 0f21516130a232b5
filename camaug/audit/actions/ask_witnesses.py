import logging
from datetime import datetime
from http import HTTPStatus

from camaug.audit import merkle
from camaug.audit.keys import Witness, witnesses
from camaug.audit.models import Cosignature, Head
from camaug.audit.notes import Note
from camaug.audit.shelf import Shelf
from camaug.audit.witness.judging import Shown
from camaug.kernel.outgoing.asking import Reply, Unreachable, ask

logger = logging.getLogger(__name__)
_TURNS = 2  # a witness that knows another size says so once


def ask_witnesses(*, at: datetime, shelf: Shelf | None = None) -> int:
    """Show the newest head to every witness that has not signed it; how many signed.

    A witness that refuses says that history was changed: that is logged as an error and seen on the public page.
    """
    head = Head.objects.order_by("-size").first()
    if head is None:
        return 0
    signed = set(head.cosignatures.values_list("witness", flat=True))
    shelf = shelf or Shelf()
    asked = [one for one in witnesses() if one.key.name not in signed]
    return sum(_is_signed_by(witness, head, shelf, at) for witness in asked)


def _is_signed_by(witness: Witness, head: Head, shelf: Shelf, at: datetime) -> bool:
    last = Cosignature.objects.filter(witness=witness.key.name).order_by("-head_id").first()
    known = last.head_id if last else 0
    note = Note.parse(head.note)
    status = 0
    for _turn in range(_TURNS):
        reply = _show(
            witness, Shown(known, tuple(merkle.consistency_path(known, head.size, shelf.nodes(head.size))), note)
        )
        if reply is None:
            return False
        if reply.status == HTTPStatus.OK:
            return _take(witness, head, note, reply.body.decode(errors="replace"), at)
        status = reply.status
        if status != HTTPStatus.CONFLICT:
            break
        known = _size(reply)
        if not 0 <= known <= head.size:
            break
    logger.error("witness %s refuses the head of %s leaves: status %s", witness.key.name, head.size, status)
    return False


def _show(witness: Witness, shown: Shown) -> Reply | None:
    try:
        return ask("POST", f"{witness.url}/add-checkpoint", str(shown).encode())
    except Unreachable as lost:
        logger.warning("witness %s does not answer: %s", witness.key.name, lost)
        return None


def _take(witness: Witness, head: Head, note: Note, said: str, at: datetime) -> bool:
    line = next((one for one in said.splitlines() if witness.key.has_signed(note.text, one)), None)
    if line is None:
        logger.error("witness %s answers with a signature that is not its own", witness.key.name)
        return False
    Cosignature.objects.get_or_create(head=head, witness=witness.key.name, defaults={"line": line, "at": at})
    return True


def _size(reply: Reply) -> int:
    text = reply.body.decode(errors="replace").strip()
    return int(text) if text.isascii() and text.isdigit() else -1
