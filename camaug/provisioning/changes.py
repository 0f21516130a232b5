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
_HELD = """held AS (
        SELECT p.officer_id, p.agency_id, p.valid_from, p.valid_until FROM people_position p WHERE p.officer_id = o.id
        UNION ALL SELECT p.officer_id, p.agency_id, p.valid_from, p.valid_until
        FROM people_absence b JOIN people_position p ON p.id = b.position_id WHERE b.stand_in_id = o.id
        UNION ALL SELECT d.officer_id, d.agency_id, d.valid_from, d.valid_until
        FROM people_roleterm t JOIN people_position p ON p.id = t.position_id
        JOIN people_position d ON d.id = t.delegated_from_id WHERE p.officer_id = o.id
    ), bodies AS (
        SELECT h.agency_id AS id FROM held h
        UNION SELECT n.parent_id FROM people_agencyterm n JOIN held h ON h.agency_id = n.agency_id
    )"""
OF_ACCOUNT = f"""(WITH {_HELD}
    SELECT greatest(a.created_at, %(changed_at)s::timestamptz, max(i.at)) AS changed FROM (
        SELECT e.at FROM kernel_eventrecord e WHERE e.name IN ({TOLD}) AND e.subject_id IN (
            SELECT a.id UNION SELECT o.id UNION SELECT h.officer_id FROM held h UNION SELECT b.id FROM bodies b)
        UNION ALL SELECT {DAY.format("d.day")} FROM held h, unnest(ARRAY[h.valid_from, h.valid_until]) AS d(day)
        UNION ALL SELECT {DAY.format("n.valid_from")} FROM people_agencyterm n JOIN bodies b ON b.id = n.agency_id
        UNION ALL SELECT u.at FROM people_absence b JOIN people_position p ON p.id = b.position_id,
            unnest(ARRAY[b.from_at, b.until_at]) AS u(at) WHERE p.officer_id = o.id OR b.stand_in_id = o.id
        UNION ALL SELECT u.at FROM people_roleterm t JOIN people_position p ON p.id = t.position_id,
            unnest(ARRAY[t.from_at, t.until_at, t.revoked_at]) AS u(at) WHERE p.officer_id = o.id
    ) i WHERE i.at <= %(at)s::timestamptz)"""  # noqa: S608 (our own columns)
"""Since when an account `a` of an officer `o` is what the system is told."""
OF_AGENCY = f"""(WITH held AS (
        SELECT p.id, p.officer_id, p.valid_from, p.valid_until FROM people_position p WHERE p.agency_id = g.id
    )
    SELECT greatest({DAY.format("g.valid_from")}, %(changed_at)s::timestamptz, max(i.at)) AS changed FROM (
        SELECT e.at FROM kernel_eventrecord e WHERE e.name IN ({TOLD}) AND e.subject_id IN (
            SELECT g.id UNION SELECT n.parent_id UNION SELECT h.officer_id FROM held h)
        UNION ALL SELECT {DAY.format("d.day")} FROM held h, unnest(ARRAY[h.valid_from, h.valid_until]) AS d(day)
        UNION ALL SELECT {DAY.format("m.valid_from")} FROM people_agencyterm m WHERE m.agency_id IN (g.id, n.parent_id)
        UNION ALL SELECT {DAY.format("g.valid_until")}
        UNION ALL SELECT a.created_at FROM access_account a JOIN held h ON h.officer_id = a.officer_id
        UNION ALL SELECT u.at FROM people_absence b JOIN held h ON h.id = b.position_id,
            unnest(ARRAY[b.from_at, b.until_at]) AS u(at)
        UNION ALL SELECT u.at FROM people_roleterm t JOIN held h ON h.id IN (t.position_id, t.delegated_from_id),
            unnest(ARRAY[t.from_at, t.until_at, t.revoked_at]) AS u(at)
    ) i WHERE i.at <= %(at)s::timestamptz)"""  # noqa: S608 (our own columns)
"""Since when an agency `g` with its term `n` is what it is, its members included."""
