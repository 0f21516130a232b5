"""The moves of a case as an officer finds them: words, resource, key."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from camaug.cases.queries import CasePage
from camaug.catalogue.definition.process import StepKind

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Way:
    """One move. `page` is its URL name, `label` its button, `lead` what it brings about, `done` what is said after it.

    `direct`: it needs no word, so that its button on the case's page makes it at once. `key` is one letter. `rare`: it
    stands apart, and only for those who may make it.
    """

    move: str
    page: str
    label: Words
    lead: Words
    done: Words
    key: str = ""
    kind: str = "secondary"
    direct: bool = False
    rare: bool = False

    @property
    def url(self) -> str:
        """Its URL name in full."""
        return f"cases:{self.page}"


_ALL = (
    Way(
        "receive",
        "reception",
        _("Receive the dossier"),
        _("The dossier is complete and valid: the clock starts, the receipt is issued, the case goes on."),
        _("The dossier has been received and the receipt issued."),
        key="t",
        direct=True,
    ),
    Way(
        "show_draft",
        "draft",
        _("Send the draft to the applicant"),
        _("The applicant reads the draft, and agrees or says what is wrong. Look at it before you send it."),
        _("The applicant has the draft."),
        key="n",
    ),
    Way(
        "propose",
        "proposal",
        _("Submit for approval"),
        _("The one who decides finds the case among what is to be done, with your proposal."),
        _("The case has been submitted for approval."),
        key="t",
    ),
    Way(
        "approve",
        "approval",
        pgettext_lazy("what a leader does", "Approve"),
        _("You sign what the applicant will receive. Read it before you approve."),
        _("Approved. The registrar gives the result its number."),
        key="d",
    ),
    Way(
        "publish_result",
        "result",
        _("Enter in the book and publish"),
        _("The result takes the next number of the book and waits for the applicant."),
        _("The result has its number and is ready to be handed out."),
        key="t",
        direct=True,
    ),
    Way(
        "hand_out",
        "handing_out",
        _("Hand out the result"),
        _("Write down who takes the result."),
        _("The result has been handed out."),
        key="t",
    ),
    Way(
        "confirm_payment",
        "payment",
        _("Take the money"),
        _("The money is in your hands or on the account; the receipt takes the next number."),
        _("The payment has been confirmed."),
        key="p",
    ),
    Way(
        "pay_back",
        "refund",
        _("Pay the refund back"),
        _("The money is in the hands or on the account of the one who gets it; the voucher takes the next number."),
        _("The refund has been paid back."),
    ),
    Way(
        "supplement",
        "supplement",
        _("Enter the supplement"),
        _("The applicant brought what was asked for; the clock runs again."),
        _("The supplement has been entered."),
        key="s",
    ),
    Way(
        "answer_draft",
        "draft_answer",
        _("Enter the answer to the draft"),
        _("The applicant told you at the counter or by telephone what they say of the draft."),
        _("The answer has been entered."),
        key="n",
    ),
    Way(
        "hand_over",
        "hand_over",
        _("Hand over to the next step"),
        _("Those who do the next step find the case among what is to be done."),
        _("The case has been handed over."),
        key="h",
    ),
    Way(
        "request_supplement",
        "supplement_request",
        _("Request a supplement"),
        _("Ask for everything at once: the law allows one request. The clock stands still until the answer."),
        _("The request has been sent to the applicant."),
        key="y",
    ),
    Way(
        "ask_payment",
        "payment_request",
        _("Ask for payment"),
        _("The applicant is told what to pay; the clock stands still until the money is there."),
        _("The applicant has been asked to pay."),
        key="p",
    ),
    Way(
        "send_back",
        "rework",
        _("Send back for rework"),
        _("The case returns to an earlier step; only officers read your words."),
        _("The case has been sent back."),
        key="l",
    ),
    Way(
        "assign",
        "assignment",
        _("Assign an officer"),
        _("One officer becomes responsible for this step; the others see the case no longer among their work."),
        _("The officer has been assigned."),
        key="g",
    ),
    Way(
        "answer",
        "answer",
        _("Answer the question"),
        _("The agency that asked reads your answer at once; a clock that stood still for it goes on."),
        _("The answer has been sent."),
        key="t",
    ),
    Way(
        "consult",
        "consultation",
        _("Ask another agency"),
        _("The other agency finds the question among what it has to answer, with the whole dossier."),
        _("The question has been sent."),
        key="v",
    ),
    Way(
        "withdraw_question",
        "question_withdrawal",
        _("Withdraw the question"),
        _("The other agency need not answer any more; a clock that stood still for it goes on."),
        _("The question has been withdrawn."),
        rare=True,
    ),
    Way(
        "amend",
        "amendment",
        _("Correct the details"),
        _("The receipt is issued again with what you correct; the clock does not change."),
        _("The details have been corrected and the receipt issued again."),
        rare=True,
    ),
    Way(
        "correct_result",
        "result_correction",
        _("Correct the result"),
        _("A corrected result takes the next number of the book, with you as signer, and waits for the applicant."),
        _("The corrected result is ready to be handed out."),
        rare=True,
    ),
    Way(
        "reopen",
        "reopening",
        _("Open the case again"),
        _("The case goes on; what was issued holds until something else is issued. The time promised stays."),
        _("The case has been opened again."),
        rare=True,
    ),
    Way(
        "revoke_result",
        "revocation",
        _("Revoke the result"),
        _("The result holds no more. The applicant receives your reasons word for word."),
        _("The result has been revoked."),
        kind="warning",
        rare=True,
    ),
    Way(
        "refuse",
        "refusal",
        _("Do not accept"),
        _("The applicant receives your reasons word for word on Form 03."),
        _("The application was not accepted; the notice has been issued."),
        key="x",
        kind="warning",
    ),
    Way(
        "deny",
        "denial",
        _("Deny the application"),
        _("The applicant receives your reasons word for word in the letter that denies."),
        _("Denied. The registrar gives the letter its number."),
        key="x",
        kind="warning",
    ),
    Way(
        "stop",
        "stop_notice",
        _("Stop the case"),
        _("The case ends without a decision; the applicant receives Form 05 with the ground and your words."),
        _("The case has been stopped; the notice has been issued."),
        kind="warning",
    ),
    Way(
        "resume",
        "resumption",
        _("Resume the case"),
        _("The clock runs again as the ground of the suspension says; the step gets its hours anew."),
        _("The case goes on."),
    ),
    Way(
        "drop_withdrawal",
        "continuation",
        _("Let the case go on"),
        _("The applicant no longer wants to withdraw: the case stands where it stood before."),
        _("The withdrawal has been dropped; the case goes on."),
    ),
    Way(
        "take_back",
        "taking_back",
        _("Take back"),
        _("You get back what you have just passed on, as long as nobody has moved it. Only officers read your words."),
        _("The case is in your hands again."),
        rare=True,
    ),
    Way(
        "apologise",
        "apology",
        _("Apologise and set a new date"),
        _("The applicant receives your apology and the new date on Form 04: once, and before the old date."),
        _("The letter of apology has been issued; the new date holds."),
        rare=True,
    ),
    Way(
        "suspend",
        "suspension",
        _("Suspend the case"),
        _("The clock stands still, on a ground that the law names and by a document. The applicant reads your reason."),
        _("The case has been suspended."),
        rare=True,
    ),
    Way(
        "ask_withdrawal",
        "withdrawal",
        _("Enter a withdrawal"),
        _("The applicant asks you at the counter to end the case. It is stopped only with Form 05."),
        _("The withdrawal has been entered."),
        rare=True,
    ),
)
WAYS: dict[str, Way] = {way.move: way for way in _ALL}
_DECIDING = (StepKind.REVIEW, StepKind.APPROVE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as this actor is offered it. `refusal` "": he may; `main`: the one thing to do now."""

    way: Way
    refusal: str
    main: bool


def offers(page: CasePage) -> tuple[Offer, ...]:
    """What is open in the case, the usual move first."""
    open_ways = [way for way in _ALL if _is_told(way, page) and _is_of_use(way, page)]
    first = next((way for way in open_ways if page.may(way.move) and not way.rare), None)
    return tuple(Offer(way, page.refusal(way.move) or "", main=way == first) for way in open_ways)


def _is_told(way: Way, page: CasePage) -> bool:
    return page.may(way.move) if way.rare else page.refusal(way.move) is not None


def _is_of_use(way: Way, page: CasePage) -> bool:
    """A bare hand-over to those who decide would leave out the proposal, a proposal reaches only them; there is no
    choice of officer among one; what is not paid is not handed out; what is late gets no new date; what waits for
    another agency does not go on, nor is handed over what the applicant has still to agree to.
    """
    if way.move == "apologise":
        return page.due.tone != "late"
    if way.move == "resume":
        return not any(asked.open and asked.row.stops for asked in page.consultations)
    if way.move == "hand_out":
        return page.dues.is_paid
    if way.move == "hand_over" and page.consent_is_required and page.refusal("show_draft") is not None:
        return False
    if way.move in ("hand_over", "propose"):
        deciding = [page.definition.process.step(step).kind in _DECIDING for step in page.step.next]
        return any(deciding) if way.move == "propose" else not deciding or not all(deciding)
    return way.move != "assign" or len(page.colleagues) > 1
