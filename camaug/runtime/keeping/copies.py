"""Why what is kept of somebody is in no section of the copy that he may take away (`copies.py` of the parts)."""

_IN_THE_CASE = "stands whole in the case, which is in the copy"
_OPENING = "opens something, and says nothing about its owner"
_OF_OTHERS = "about others' rights or work, and shown where these are"

IN_THE_REGISTER = "what the register says of a citizen begins the copy"
LEFT_OUT: dict[str, str] = {
    "access.InvitationRound": "whom an administrator invited: his work, not his data",
    "access.PastPassword": _OPENING,
    "access.RecoveryCode": f"{_OPENING}; how many are left stands with the factors",
    "access.SignInCode": f"{_OPENING}; gone a day after",
    "cases.Batch": "what an officer ordered for cases of others",
    "cases.Case": _IN_THE_CASE,
    "cases.CaseFile": _IN_THE_CASE,
    "cases.Consultation": "what one office asked another about the case, as on the citizen's page: theirs to tell",
    "cases.Delivery": _IN_THE_CASE,
    "cases.Extension": "its slip is in the copy as a paper, and its words among what happened",
    "cases.Note": "what of it is meant for the applicant stands among what happened in the case",
    "cases.Paper": _IN_THE_CASE,
    "cases.Payment": _IN_THE_CASE,
    "cases.Reading": "who looked stands in the copy by itself",
    "cases.Refund": _IN_THE_CASE,
    "cases.Result": _IN_THE_CASE,
    "cases.ShownDraft": _IN_THE_CASE,
    "cases.Slip": _IN_THE_CASE,
    "cases.Stop": _IN_THE_CASE,
    "cases.Supplement": _IN_THE_CASE,
    "gateway.KeptAnswer": "an answer that its owner had already; gone after a day",
    "gateway.Shipment": "says again what stands in the case",
    "kernel.EventRecord": "what it tells of a case stands among what happened there",
    "kernel.PartialUpload": "half a file of its own sender; gone after a day",
    "kernel.UploadPiece": "half a file of its own sender; gone after a day",
    "notify.TrayMessage": "the demonstration's stand-in for what was sent",
    "people.Import": "a table of others that an administrator sent in",
    "people.Person": IN_THE_REGISTER,
    "people.RoleGrant": f"a line of the role book, {_OF_OTHERS}",
    "signon.Authorization": _OPENING,
    "signon.System": "of an agency",
    "signon.SystemSecret": _OPENING,
    "signon.Token": _OPENING,
}
