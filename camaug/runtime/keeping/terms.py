"""Why what tells of somebody stays, or by what it goes, beside the kinds that the province's terms erase.

A model with personal columns is the model of such a kind (`outlived.py` of its part) or stands here.
"""

_ARCHIVE = "of a sent case, which the law on archives keeps (33/2024/QH15, decree 118/2025); with a draft it goes"
_RIGHTS = "says who might do what and when: what was decided by it stays to be judged"

STAYS: dict[str, str] = {
    "access.Account": "as long as its owner may sign in; what he did names it, and a closed one opens nothing",
    "access.Factor": "until its owner removes it or it is reset",
    "access.OpenSession": "goes with its session, five minutes after the session's end",
    "access.OutsideIdentity": "until its owner unlinks it",
    "access.OutsideSession": "goes with its session",
    "access.RecoveryCode": "until its owner draws new ones; a digest that opens nothing once used",
    "access.ReviewLine": "goes with its review (ACCESS_REVIEWS)",
    "access.SignInCode": "a day after its end",
    "behalf.Mandate": f"a confirmed one {_RIGHTS}; others go (MANDATE_REQUESTS)",
    "cases.Case": f"drafts go (DRAFTS), others are {_ARCHIVE}",
    "cases.CaseFile": _ARCHIVE,
    "cases.Consultation": _ARCHIVE,
    "cases.Delivery": _ARCHIVE,
    "cases.Extension": _ARCHIVE,
    "cases.Note": f"{_ARCHIVE}; a person's words are erased on request",
    "cases.Paper": _ARCHIVE,
    "cases.Payment": _ARCHIVE,
    "cases.Rating": f"belongs to the case: {_ARCHIVE}",
    "cases.Refund": _ARCHIVE,
    "cases.Result": _ARCHIVE,
    "cases.ShownDraft": _ARCHIVE,
    "cases.Slip": _ARCHIVE,
    "cases.Stop": _ARCHIVE,
    "cases.Supplement": _ARCHIVE,
    "gateway.KeptAnswer": "a day",
    "kernel.EventRecord": "the sealed history; a fact of it is erased on request and the proofs hold",
    "kernel.PartialUpload": "a day",
    "kernel.UploadPiece": "goes with its upload",
    "notify.TrayMessage": "seven days, and only in a demonstration",
    "people.Business": "the register of who applies, named by cases that the law keeps",
    "people.Officer": f"{_RIGHTS}; marked as left, it lets nobody in",
    "people.Person": "the register of who applies, named by cases that the law keeps",
    "people.Representation": f"{_RIGHTS}; a trigger lets nothing of it be taken back",
    "people.RoleGrant": _RIGHTS,
    "people.RoleTerm": _RIGHTS,
    "postal.ParcelScan": "goes empty with its parcel (PARCELS)",
    "queue.Ticket": "a number of the day, of nobody once the appointment behind it is erased (APPOINTMENTS)",
    "signon.Authorization": "a day after its end",
    "signon.Consent": "until its owner withdraws it",
    "signon.System": "as long as the system is open, and to say later who answered for it",
    "signon.SystemSecret": "a digest of random bits, of a system and nobody's",
    "signon.Token": "a day after its end",
}
