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


def _index(names: tuple[str, ...]) -> str:
    told = ", ".join(f"'{name}'" for name in names)
    return f"""DROP INDEX event_telling;
    CREATE INDEX event_telling ON kernel_eventrecord (subject_id, at) WHERE name IN ({told})"""


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0001_initial")]
    operations = [migrations.RunSQL(_index(tuple(sorted((*_TELLING, "people.OfficerKindChanged")))), _index(_TELLING))]
