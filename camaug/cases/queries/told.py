"""What was told about a case, for those who may see the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from camaug.cases.models import Case
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.notify.queries import DeliveryView, MessageView, deliveries, messages_about


@dataclass(frozen=True, slots=True)
class Told:
    """One message and what became of it by each channel."""

    message: MessageView
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True)
class ToldAbout:
    """A case's applicant and all that he was told, the latest first."""

    code: str
    applicant_name: str
    messages: tuple[Told, ...]


def told_about(code: str, actor: Actor) -> ToldAbout:
    """What the applicant of the case was told; NotFound for strangers."""
    case = Case.objects.visible_to(actor).submitted().filter(code=code).first()
    if case is None:
        raise NotFound
    messages = messages_about(case.id)
    became = deliveries(*(message.id for message in messages))
    return ToldAbout(code, case.applicant_name, tuple(Told(one, _of(one, became)) for one in messages))


def _of(message: MessageView, became: Sequence[DeliveryView]) -> tuple[DeliveryView, ...]:
    return tuple(one for one in became if one.message_id == message.id)
