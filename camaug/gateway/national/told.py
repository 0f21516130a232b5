"""Which services are told of which events of a case."""

from camaug.gateway.national.shape import CASE, STEP

_WHOLE = {
    "CaseSubmitted", "CaseReceived", "CaseRefused", "SupplementRequested", "CaseSupplemented", "PaymentAsked",
    "PaymentConfirmed", "FeesRecounted", "DutyAsked", "CaseSuspended", "CaseResumed", "LatenessApologised",
    "CaseDeadlineMoved", "WithdrawalAsked", "WithdrawalDropped", "CaseStopped", "CaseGranted", "CaseDenied",
    "ResultPublished", "ResultHandedOut", "DetailsCorrected", "ResultCorrected", "ResultRevoked", "CaseReopened",
}  # fmt: skip
_STEPS = {
    "CaseReceived", "CaseHandedOver", "DecisionProposed", "CaseSentBack", "CaseGranted", "CaseDenied",
    "ResultPublished", "ResultHandedOut",
}  # fmt: skip

TOLD: dict[str, tuple[str, ...]] = {
    f"cases.{name}": (*((CASE,) if name in _WHOLE or name in _STEPS else ()), *((STEP,) if name in _STEPS else ()))
    for name in _WHOLE | _STEPS
}
"""Services by event: the case before the step, since a step of an unknown case is refused."""
