from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import Limit, count_attempt, forgive_attempt
from camaug.cases.queries.follow import fits
from camaug.cases.queries.proof import ProvedPaper, paper_of
from camaug.kernel.actors import Actor
from camaug.kernel.codes import read_code
from camaug.kernel.errors import DomainError

LIMIT = Limit("proof", of_one=10, of_network=30, window=timedelta(minutes=15))
WORDS = (
    Limit("proof-words", of_one=5, of_network=30, window=timedelta(minutes=15)),
    Limit("proof-words-day", of_one=20, of_network=200, window=timedelta(days=1)),
)


class NoSuchPaper(DomainError):
    """No form bears that code."""

    sentence = _(
        "We find no paper with this code. The twelve letters and digits stand at the foot of the paper, "
        "at the end of its address; there is no I, L, O, 0 or 1 among them."
    )


class NotOnThePaper(DomainError):
    """The digits are not those of the applicant's numbers as the paper shows them."""

    sentence = _("These are not the last four digits of the phone number or personal number on the paper.")


def open_proof(proof_code: str, *, by: Actor, at: datetime) -> ProvedPaper:
    """The printed form of that code, for whoever holds the paper; wrong tries are counted.

    NoSuchPaper, at once where it is not even shaped like a code; TooManyAttempts.
    """
    code = read_code(proof_code)
    if not code:
        raise NoSuchPaper
    count_attempt(LIMIT, of=code, by=by, at=at)
    found = paper_of(code)
    if found is None:
        raise NoSuchPaper
    forgive_attempt(LIMIT, of=code, by=by, at=at)
    return found


def open_words(proof_code: str, second_fact: str, *, by: Actor, at: datetime) -> ProvedPaper:
    """The same for all that a receipt says, to whoever has also read four digits on it: an address gets about alone.

    NoSuchPaper; NotOnThePaper; TooManyAttempts.
    """
    paper = open_proof(proof_code, by=by, at=at)
    if not paper.has_words:
        raise NoSuchPaper
    for limit in WORDS:
        count_attempt(limit, of=str(paper.slip.id), by=by, at=at)
    sender = paper.slip.facts["sender"]
    if not fits(second_fact, sender["phone"], sender["number"]):
        raise NotOnThePaper
    for limit in WORDS:
        forgive_attempt(limit, of=str(paper.slip.id), by=by, at=at)
    return paper
