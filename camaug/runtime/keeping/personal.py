"""Which columns hold personal data, by the classes of Law 91/2025/QH15: what is kept, and what a leak would cost.

Every column that could hold some stands here, and a test compares the table with the models; a row may come before its
model. `SENSITIVE` ones are encrypted, or say in `LIES_OPEN` why not. What names officers in their office is public by
their office.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one model by class; `other` hold nothing personal."""

    basic: str = ""
    sensitive: str = ""
    other: str = ""

    @property
    def every(self) -> frozenset[str]:
        """All of them."""
        return frozenset(f"{self.basic} {self.sensitive} {self.other}".split())


CLASSES: dict[str, Columns] = {
    "access.AccessReview": Columns(other="due_date"),
    "access.ReviewLine": Columns("officer_name about reason by_name", other="kind title role decision"),
    "access.Account": Columns("email phone", sensitive="password", other="kind language linkage name purpose client"),
    "access.AccountDecision": Columns("reason by_name", other="kind"),
    "access.ApiToken": Columns("name", sensitive="digest", other="prefix client scopes level"),
    "access.Factor": Columns("name", sensitive="concealed credential_id credential", other="kind"),
    "access.Idleness": Columns(),
    "access.Invitation": Columns(),
    "access.InvitationRound": Columns("addresses actor_name origin unknown"),
    "access.OpenSession": Columns("origin agent", sensitive="session_key"),
    "access.OutsideEnding": Columns(other="digest"),
    "access.OutsideIdentity": Columns("issuer subject"),
    "access.OutsideSession": Columns("issuer subject sid"),
    "access.PastPassword": Columns(sensitive="password"),
    "access.RecoveryCode": Columns(sensitive="digest"),
    "access.SignInCode": Columns("contact", sensitive="digest"),
    "access.Throttle": Columns(other="key"),
    "audit.Cosignature": Columns(other="witness line"),
    "audit.Head": Columns(other="note root"),
    "audit.SealedEvent": Columns(other="opening salt"),
    "behalf.Mandate": Columns(
        "named_number named_name relation procedures fields confirmed_by_name identity_paper",
        sensitive="code_digest",
        other="acts proof ending",
    ),
    "cases.Batch": Columns("words origin", other="move language"),
    "cases.BatchItem": Columns(other="state sentence"),
    "cases.BookSeries": Columns(other="book"),
    "cases.Case": Columns(
        "code moved_by_name applicant_name applicant_number applicant_phone applicant_email applicant_address"
        " authorised_name authorised_number authorised_relation helper_number folded accented delivery_address",
        sensitive="answers",
        other="state resume_state before_withdrawal part last_move channel participants applicant_kind delivery_way"
        " step previous_step holder_role proposal outcome",
    ),
    "cases.CaseFile": Columns("file_name", other="paper"),
    "cases.CodeSeries": Columns(other="agency_code day"),
    "cases.Consultation": Columns(sensitive="question answer", other="consultation name state role stops verdict"),
    "cases.Counted": Columns(other="procedure field entries"),
    "cases.Delivery": Columns(
        "receiver_name receiver_number receiver_relation identity_paper authorisation earlier", other="state"
    ),
    "cases.Extension": Columns(sensitive="reason"),
    "cases.ListReading": Columns(sensitive="asked number_print", other="of"),
    "cases.Note": Columns(sensitive="text"),
    "cases.Paper": Columns("source_record note", other="paper state source"),
    "cases.Payment": Columns("document receipt_number", other="state kind items way"),
    "cases.Rating": Columns("words hidden_note", other="satisfaction"),
    "cases.Reading": Columns("day", other="why how"),
    "cases.Recount": Columns(other="change occasion from_date until_date"),
    "cases.Refund": Columns("payee_name payee_number receipt_number", other="state reason way"),
    "cases.Reminder": Columns(other="kind"),
    "cases.Result": Columns(
        sensitive="facts ended_note",
        other="result name book number_text signer_name signer_title signed_date state",
    ),
    "cases.ShownDraft": Columns(sensitive="facts answer", other="step result name state"),
    "cases.SilenceTimer": Columns(other="of effect"),
    "cases.Slip": Columns(sensitive="facts", other="number seal proof_code"),
    "cases.Stop": Columns("document", other="ground effect"),
    "cases.Supplement": Columns(sensitive="items reason answer corrections"),
    "cases.Tally": Columns(other="month procedure field"),
    "gateway.KeptAnswer": Columns("owner", sensitive="body", other="key digest headers"),
    "gateway.NationalProcedure": Columns(other="code name content"),
    "gateway.NationalEntry": Columns(other="kind code name"),
    "gateway.Shipment": Columns(sensitive="data", other="service state problem"),
    "kernel.Blob": Columns(other="sha256 media_type scan virus"),
    "kernel.EventRecord": Columns("actor_name origin facts", other="name actor_kind"),
    "kernel.PartialUpload": Columns("file_name"),
    "kernel.UploadPiece": Columns(sensitive="octets"),
    "kernel.Subscription": Columns(other="name"),
    "kernel.Trouble": Columns(other="job about problem"),
    "notify.Delivery": Columns(other="channel state reason gateway_id"),
    "notify.Message": Columns("recipient phone email", sensitive="title body sms", other="notice language link"),
    "notify.MessageTemplate": Columns(other="notice language valid_from title body sms"),
    "notify.Preference": Columns(other="channel"),
    "notify.TextVersion": Columns(other="notice texts made_by_name"),
    "notify.TrayMessage": Columns("contact title text"),
    "people.Absence": Columns("reason"),
    "people.Business": Columns("name folded accented phone email address", other="tax_code"),
    "people.Import": Columns("problems origin", other="kind state file_name language actor_name"),
    "people.Officer": Columns(
        "full_name sort_key folded accented official_email phone own_numbers left_date", other="kind"
    ),
    "people.Person": Columns(
        "personal_number full_name sort_key folded accented birth_date sex ethnicity nationality phone email address"
    ),
    "people.Representation": Columns(
        "capacity declared_by_name document document_date scan_name reason ended_by_name",
        other="proof proven_by_name ending",
    ),
    "people.RoleGrant": Columns("reason", other="role permission reach valid_from valid_until granted_by_name"),
    "people.RoleTerm": Columns("reason", other="role document given_by_name"),
    "people.Position": Columns(other="title roles valid_from valid_until"),
    "postal.Order": Columns("sender receiver", other="kind state key number reference carrier_number problem"),
    "postal.ParcelScan": Columns("note", other="status place"),
    "queue.Appointment": Columns("name phone pin code", other="day procedure state"),
    "queue.Shift": Columns(other="officer_name"),
    "queue.Ticket": Columns("code", other="day letter state priority procedure"),
    "queue.TicketSeries": Columns(other="day letter"),
    "signon.Authorization": Columns(sensitive="code nonce", other="redirect_uri scopes challenge methods level"),
    "signon.Consent": Columns("scopes"),
    "signon.LogoutNotice": Columns(other="state problem"),
    "signon.SignOn": Columns(),
    "signon.System": Columns(
        "contact",
        other="client_id name words audience roles authentication scopes guards redirect_uris post_logout_uris"
        " logout_uri home_uri algorithm",
    ),
    "signon.SystemSecret": Columns(sensitive="digest", other="prefix"),
    "signon.SystemToken": Columns(other="digest scopes"),
    "signon.Token": Columns(sensitive="digest", other="kind scopes"),
}
WITHOUT = frozenset({"catalogue", "worktime", "runtime"})
"""Parts that keep nothing of anybody: procedures, calendars, marks of loading."""
WITHOUT_MODELS = frozenset(
    {
        "people.Agency", "people.AgencyKind", "people.AgencyLevel", "people.AgencyTerm", "people.Place", "people.Role",
        "queue.Counter", "queue.Hall", "queue.PriorityGroup", "queue.ServiceGroup",
    }
)  # fmt: skip
"""Agencies, places, roles, halls."""
LIES_OPEN: dict[str, str] = {
    "access.Account.password": "an Argon2id hash, which opens nothing",
    "access.ApiToken.digest": "a digest of 256 random bits",
    "access.Factor.credential_id": "names a passkey to its own device, and opens nothing",
    "access.Factor.credential": "the public half of a passkey",
    "access.OpenSession.session_key": "a key that the sessions' table holds anyhow, void after hours",
    "access.PastPassword.password": "an Argon2id hash",
    "access.RecoveryCode.digest": "an Argon2id hash of random letters; of codes made before, a keyed digest",
    "signon.Authorization.code": "a digest, void after a minute",
    "signon.Authorization.nonce": "a number that the client drew, void after a minute",
    "signon.SystemSecret.digest": "a digest of random bits",
    "signon.Token.digest": "a digest of random bits",
    "behalf.Mandate.code_digest": "a keyed digest, void after minutes",
    "access.SignInCode.digest": "a keyed digest, void after minutes",
}
"""Sensitive columns that are not encrypted, and why."""
