from django.db import migrations

_TELLING = (
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
    "people.OfficerLeft",
    "people.PositionEnded",
    "people.RoleEntrusted",
    "people.RoleTermEnded",
    "people.RolesChanged",
)
_NAMES = ", ".join(f"'{name}'" for name in _TELLING)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_erasing")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX event_telling ON kernel_eventrecord (subject_id, at) WHERE name IN ({_NAMES})",
            "DROP INDEX event_telling",
        )
    ]
