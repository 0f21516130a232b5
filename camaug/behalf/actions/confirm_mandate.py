"""A person confirms a mandate: in his own account, before an officer, or by the code that was sent to him."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.behalf.events import MandateConfirmed
from camaug.behalf.models import Mandate, Proof
from camaug.behalf.policy import WITNESS
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.text import clean, fold
from camaug.people.actions.register_person import register_person
from camaug.people.queries import PersonView, person, person_by_number

CODE_LIVES = timedelta(minutes=15)
CODE_TRIES = 5


class CodeNotRight(DomainError):
    """The digits are not those that were sent; or the code has expired, was tried too often, or none was sent.

    One refusal for all of these, so that it tells nobody whether the person is known.
    """

    sentence = _("The code is not right or no longer valid. Check the digits, or ask for a new one.")


class NoLongerWaiting(DomainError):
    """What was asked for has been answered, has lapsed or was taken back."""

    sentence = _("This request is no longer waiting for an answer.")


class IdentityPaperMissing(DomainError):
    """An officer who confirms says which paper he has seen."""

    sentence = _("Write down the number of the identity paper that the person has shown you.")


class OwnMandate(DomainError):
    """Nobody is a witness of what concerns himself."""

    sentence = _("This concerns yourself. Another officer has to confirm it.")


class OtherName(DomainError):
    """The number is known under another name."""

    sentence = _("The register knows this personal number under another name. Check the identity paper first.")


def confirm_in_account(mandate_id: UUID, *, by: Actor, at: datetime) -> Mandate:
    """The person who is asked confirms in his own account. NotFound for everybody else, and for whoever
    only says to be that person.
    """
    with transaction.atomic():
        mandate = _waiting(mandate_id, at)
        own = person(by.proven_id) if by.proven_id else None
        if own is None or not is_named(mandate, own):
            raise NotFound
        return _confirmed(mandate, own, Proof.SESSION, by=by, at=at)


def confirm_at_counter(mandate_id: UUID, *, identity_paper: str, by: Actor, at: datetime) -> Mandate:
    """The person stands before the officer, has shown his identity paper and heard what is asked for.

    Somebody whom the register does not know yet is entered. NotAllowed, IdentityPaperMissing, OtherName, OwnMandate.
    """
    WITNESS.check(by, None)
    paper = clean(identity_paper)[:80]
    if not paper:
        raise IdentityPaperMissing
    with transaction.atomic():
        mandate = _waiting(mandate_id, at)
        who = person_by_number(mandate.named_number) or _entered(mandate, by, at)
        if fold(who.full_name) != fold(mandate.named_name):
            raise OtherName
        helper = person(mandate.helper_id)
        if not by.own.isdisjoint({who.personal_number, helper.personal_number, str(who.id), str(helper.id)}):
            raise OwnMandate
        post = by.post_granted(WITNESS.code, *by.unit_ids)
        mandate.identity_paper, mandate.confirmed_unit = paper, post.unit_id if post else None
        return _confirmed(mandate, who, Proof.COUNTER, by=by, at=at)


def keep_code(mandate_id: UUID, digest: str, *, by: Actor, at: datetime) -> None:
    """A code was sent to the person: what is kept of it. Tries of earlier ones count no more."""
    with transaction.atomic():
        mandate = _asked_by(mandate_id, by, at)
        mandate.code_digest, mandate.code_until, mandate.code_tries = digest, at + CODE_LIVES, 0
        mandate.save(update_fields=["code_digest", "code_until", "code_tries"])


def confirm_by_code(mandate_id: UUID, digest: str, *, by: Actor, at: datetime) -> Mandate:
    """The helper has heard the code from the person. A wrong try is counted even though it is refused.

    CodeNotRight; NoLongerWaiting; NotFound for everybody but the helper.
    """
    with transaction.atomic():
        mandate = _asked_by(mandate_id, by, at)
        who = person_by_number(mandate.named_number) if _is_right(mandate, digest, at) else None
        if who and is_named(mandate, who):
            return _confirmed(mandate, who, Proof.CODE, by=by, at=at)
    raise CodeNotRight


def is_named(mandate: Mandate, who: PersonView) -> bool:
    """Whether the helper named this person: by number and name."""
    return who.personal_number == mandate.named_number and fold(who.full_name) == fold(mandate.named_name)


def _waiting(mandate_id: UUID, at: datetime) -> Mandate:
    mandate = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
    if mandate is None:
        raise NotFound
    if mandate.confirmed_at or mandate.ended_at or mandate.lapses_at <= at or mandate.until_at <= at:
        raise NoLongerWaiting
    return mandate


def _asked_by(mandate_id: UUID, by: Actor, at: datetime) -> Mandate:
    mandate = _waiting(mandate_id, at)
    if mandate.helper_id != by.person_id:
        raise NotFound
    return mandate


def _is_right(mandate: Mandate, digest: str, at: datetime) -> bool:
    """Whether it is the code that waits; the try is counted."""
    waits = mandate.code_digest and mandate.code_until and mandate.code_until > at
    if not waits or mandate.code_tries >= CODE_TRIES:
        return False
    mandate.code_tries += 1
    mandate.save(update_fields=["code_tries"])
    return hmac.compare_digest(mandate.code_digest, digest)


def _entered(mandate: Mandate, by: Actor, at: datetime) -> PersonView:
    made = register_person(mandate.named_name, personal_number=mandate.named_number, by=by, at=at)
    return person(made.id)


def _confirmed(mandate: Mandate, who: PersonView, proof: Proof, *, by: Actor, at: datetime) -> Mandate:
    mandate.person_id, mandate.proof, mandate.confirmed_at = who.id, proof, at
    mandate.confirmed_by = by.account_id
    mandate.confirmed_by_name = by.name if proof == Proof.COUNTER else ""
    mandate.code_digest = ""
    mandate.save()
    record(MandateConfirmed(subject=mandate.id, proof=proof), by=by, at=at)
    return mandate
