"""When an account or an agency became what it is, as SQL over the rows and the history; nothing is kept twice.

An instant counts once it has come: a position that begins on Monday changes its holder's account on Monday.
"""

TELLING = (
    "access.AccountClosed",
    "access.AccountClosedAsIdle",
    "access.AccountReopened",
    "access.LanguageChosen",
    "people.AbsenceDeclared",
    "people.AbsenceEnded",
    "people.AgencyChanged",
    "people.AgencyClosed",
    "people.AgencyCodeReplaced",
    "people.AgencyFounded",
    "people.AgencyMoved",
    "people.AgencyRenamed",
    "people.OfficerAppointed",
    "people.OfficerCorrected",
    "people.OfficerEngaged",
    "people.OfficerKindChanged",
    "people.OfficerLeft",
    "people.PositionEnded",
    "people.RoleEntrusted",
    "people.RoleTermEnded",
    "people.RolesChanged",
)
"""Events after which a User or a Group is another one; an index of the history holds exactly these."""
TOLD = ", ".join(f"'{name}'" for name in TELLING)
DAY = "{0}::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'"
_EVENT = f"JOIN kernel_eventrecord e ON e.name IN ({TOLD}) AND e.subject_id = "
_DAYS = f"SELECT {{0}}, {DAY.format('d.day')} FROM held h, unnest(ARRAY[h.valid_from, h.valid_until]) AS d(day)"  # noqa: S608 (our own columns)
_AWAY = "unnest(ARRAY[b.from_at, b.until_at]) AS u(at)"
_LENT = "unnest(ARRAY[t.from_at, t.until_at, t.revoked_at]) AS u(at)"
_SINCE = """since AS MATERIALIZED (
    SELECT w.id, greatest(w.created_at, %(changed_at)s::timestamptz, max(i.at)) AS changed
    FROM who w LEFT JOIN ({0}) i ON i.{1} = w.{1} AND i.at <= %(at)s::timestamptz GROUP BY w.id, w.created_at)"""
_HELD = """held AS MATERIALIZED (
    SELECT w.officer_id, p.agency_id, p.officer_id AS holder_id, p.valid_from, p.valid_until
    FROM who w JOIN people_position p ON p.officer_id = w.officer_id
    UNION ALL SELECT w.officer_id, p.agency_id, p.officer_id, p.valid_from, p.valid_until
    FROM who w JOIN people_absence b ON b.stand_in_id = w.officer_id JOIN people_position p ON p.id = b.position_id
    UNION ALL SELECT w.officer_id, d.agency_id, d.officer_id, d.valid_from, d.valid_until
    FROM who w JOIN people_position p ON p.officer_id = w.officer_id JOIN people_roleterm t ON t.position_id = p.id
    JOIN people_position d ON d.id = t.delegated_from_id
), bodies AS MATERIALIZED (
    SELECT h.agency_id, h.agency_id AS id FROM held h
    UNION SELECT n.agency_id, n.parent_id FROM people_agencyterm n
    WHERE n.parent_id IS NOT NULL AND n.agency_id IN (SELECT h.agency_id FROM held h)
)"""
_AROUND = f"""around AS MATERIALIZED (SELECT i.agency_id, max(i.at) AS at FROM (
    SELECT b.agency_id, e.at FROM bodies b {_EVENT} b.id
    UNION ALL SELECT b.agency_id, {DAY.format("n.valid_from")}
    FROM bodies b JOIN people_agencyterm n ON n.agency_id = b.id
    ) i WHERE i.at <= %(at)s::timestamptz GROUP BY i.agency_id)"""  # noqa: S608 (our own columns)
_OF_ACCOUNTS = f"""SELECT w.officer_id, e.at FROM who w {_EVENT} w.officer_id
    UNION ALL SELECT w.officer_id, e.at FROM who w {_EVENT} w.id
    UNION ALL SELECT h.officer_id, e.at FROM held h {_EVENT} h.holder_id WHERE h.holder_id <> h.officer_id
    UNION ALL SELECT h.officer_id, x.at FROM held h JOIN around x ON x.agency_id = h.agency_id
    UNION ALL {_DAYS.format("h.officer_id")}
    UNION ALL SELECT w.officer_id, u.at FROM who w JOIN people_absence b ON b.stand_in_id = w.officer_id, {_AWAY}
    UNION ALL SELECT w.officer_id, u.at FROM who w JOIN people_position p ON p.officer_id = w.officer_id
        JOIN people_absence b ON b.position_id = p.id, {_AWAY}
    UNION ALL SELECT w.officer_id, u.at FROM who w JOIN people_position p ON p.officer_id = w.officer_id
        JOIN people_roleterm t ON t.position_id = p.id, {_LENT}"""  # noqa: S608 (our own columns)
OF_ACCOUNTS = f"{_HELD}, {_AROUND}, {_SINCE.format(_OF_ACCOUNTS, 'officer_id')}"
"""`since`: when each account of `who` (`id`, `officer_id`, `created_at`) became what the system is told."""
_OF_AGENCIES = f"""SELECT w.id, e.at FROM who w {_EVENT} w.id
    UNION ALL SELECT w.id, e.at FROM who w {_EVENT} w.parent_id
    UNION ALL SELECT h.agency_id, e.at FROM held h {_EVENT} h.officer_id
    UNION ALL {_DAYS.format("h.agency_id")}
    UNION ALL SELECT w.id, {DAY.format("m.valid_from")} FROM who w JOIN people_agencyterm m ON m.agency_id = w.id
    UNION ALL SELECT w.id, {DAY.format("m.valid_from")} FROM who w JOIN people_agencyterm m ON m.agency_id = w.parent_id
    UNION ALL SELECT w.id, {DAY.format("w.valid_until")} FROM who w
    UNION ALL SELECT h.agency_id, a.created_at FROM held h JOIN access_account a ON a.officer_id = h.officer_id
    UNION ALL SELECT h.agency_id, u.at FROM held h JOIN people_absence b ON b.position_id = h.id, {_AWAY}
    UNION ALL SELECT h.agency_id, u.at FROM held h JOIN people_roleterm t ON t.position_id = h.id, {_LENT}
    UNION ALL SELECT h.agency_id, u.at FROM held h JOIN people_roleterm t ON t.delegated_from_id = h.id, {_LENT}
    """  # noqa: S608 (our own columns)
OF_AGENCIES = f"""held AS MATERIALIZED (
    SELECT p.id, p.agency_id, p.officer_id, p.valid_from, p.valid_until
    FROM who w JOIN people_position p ON p.agency_id = w.id
), {_SINCE.format(_OF_AGENCIES, "id")}"""  # noqa: S608 (our own columns)
"""`since`: when each agency of `who` (`id`, `parent_id`, `created_at`, `valid_until`), with its members, became so."""
