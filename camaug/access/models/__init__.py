"""Everything the database keeps of accounts."""

from camaug.access.models.accounts import IN_OFFICE, MACHINES, Account, AccountKind, Accounts
from camaug.access.models.decisions import AccountDecision, DecisionKind
from camaug.access.models.invitations import Invitation, InvitationRound, Invitations
from camaug.access.models.proofs import Factor, FactorKind, PastPassword, RecoveryCode, SignInCode, SignInCodes
from camaug.access.models.reviews import AccessReview, LineKind, ReviewDecision, ReviewLine
from camaug.access.models.sessions import Idleness, OpenSession, Throttle
from camaug.access.models.tokens import ApiToken, Tokens

__all__ = [
    "IN_OFFICE",
    "MACHINES",
    "AccessReview",
    "Account",
    "AccountDecision",
    "AccountKind",
    "Accounts",
    "ApiToken",
    "DecisionKind",
    "Factor",
    "FactorKind",
    "Idleness",
    "Invitation",
    "InvitationRound",
    "Invitations",
    "LineKind",
    "OpenSession",
    "PastPassword",
    "RecoveryCode",
    "ReviewDecision",
    "ReviewLine",
    "SignInCode",
    "SignInCodes",
    "Throttle",
    "Tokens",
]
