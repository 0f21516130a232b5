"""Which accounts and agencies there are, as a system may know of them."""

from camaug.provisioning.queries.accounts import AccountTold, PostTold, account_told, accounts_told
from camaug.provisioning.queries.agencies import CREATED, MEMBER, AgencyTold, Member, agencies_told, agency_told
from camaug.provisioning.queries.rows import ACTIVE, Condition, Sought, View, part_of

__all__ = [
    "ACTIVE",
    "CREATED",
    "MEMBER",
    "AccountTold",
    "AgencyTold",
    "Condition",
    "Member",
    "PostTold",
    "Sought",
    "View",
    "account_told",
    "accounts_told",
    "agencies_told",
    "agency_told",
    "part_of",
]
