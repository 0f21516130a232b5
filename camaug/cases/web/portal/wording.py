"""What the citizen's pages say of states, forms and ways, in the reader's language."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy

from camaug.cases.lifecycle import State
from camaug.cases.models import DeliveryWay, Satisfaction

TONES: dict[State, str] = {
    State.DRAFT: "plain",
    State.SUBMITTED: "new",
    State.SUPPLEMENT_REQUESTED: "waiting",
    State.FINANCIAL_DUTY: "waiting",
    State.SUSPENDED: "waiting",
    State.WITHDRAWAL_ASKED: "waiting",
    State.REFUSED: "late",
    State.STOPPED: "plain",
    State.DENIED: "late",
    State.RESULT_READY: "done",
    State.HANDED_OUT: "done",
}
FORMS = {
    1: gettext_lazy("Receipt with the appointed day (form 01)"),
    2: gettext_lazy("Request to supplement the dossier (form 02)"),
    3: gettext_lazy("Refusal to take in the dossier (form 03)"),
    4: gettext_lazy("Apology and new appointed day (form 04)"),
    5: gettext_lazy("Notice that the case was stopped (form 05)"),
}
DELIVERY = {
    DeliveryWay.COUNTER: gettext_lazy("I take it at the one-stop counter"),
    DeliveryWay.POST: gettext_lazy("By post to my address"),
    DeliveryWay.ELECTRONIC: gettext_lazy("Only the electronic copy"),
}

SATISFACTIONS = {
    Satisfaction.VERY_SATISFIED: gettext_lazy("Very satisfied"),
    Satisfaction.SATISFIED: gettext_lazy("Satisfied"),
    Satisfaction.NOT_SATISFIED: gettext_lazy("Not satisfied"),
}


def language() -> str:
    """The reader's language."""
    return get_language() or "vi"


def tone(state: State) -> str:
    """The colour of a state's tag."""
    return TONES.get(state, "doing")


def delivery_words(way: str) -> Any:
    """How the result comes."""
    return DELIVERY[DeliveryWay(way)]
