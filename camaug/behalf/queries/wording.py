"""What mandates say, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.behalf.models import Act, Proof, Relation

RELATIONS: dict[Relation, Any] = {
    Relation.RELATIVE: _("Relative"),
    Relation.DIGITAL_TEAM: _("Member of the hamlet's digital community team"),
    Relation.OTHER: _("Somebody else whom the person trusts"),
}
ACTS: dict[Act, Any] = {
    Act.PREPARE: _("Fill applications in and add papers"),
    Act.SUBMIT: _("Send applications"),
    Act.SUPPLEMENT: _("Add what the office asks for"),
    Act.FOLLOW: _("See where the applications stand"),
    Act.RECEIVE: _("See and take the result"),
}
PROOFS: dict[Proof, Any] = {
    Proof.CODE: _("by a code sent to the person's own phone or mailbox"),
    Proof.SESSION: _("in the person's own account"),
    Proof.COUNTER: _("at a counter, before an officer"),
}
