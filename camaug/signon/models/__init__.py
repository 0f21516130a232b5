from camaug.signon.models.notices import LogoutNotice, NoticeState
from camaug.signon.models.sign_ons import Authorization, Consent, SignOn, Token, TokenKind
from camaug.signon.models.systems import Audience, Authentication, System, SystemSecret, SystemToken

__all__ = [
    "Audience",
    "Authentication",
    "Authorization",
    "Consent",
    "LogoutNotice",
    "NoticeState",
    "SignOn",
    "System",
    "SystemSecret",
    "SystemToken",
    "Token",
    "TokenKind",
]
