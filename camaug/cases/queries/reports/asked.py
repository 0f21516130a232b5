"""Whose cases a report is about."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from camaug.cases.models import Case
from camaug.kernel.clock import LOCAL


class Group(StrEnum):
    """What the lines of a report are: agencies, fields, procedures."""

    AGENCY = "agency"
    FIELD = "field"
    PROCEDURE = "procedure"


COLUMN_OF: dict[Group, str] = {
    Group.AGENCY: "competent_agency_id",
    Group.FIELD: "version__field_id",
    Group.PROCEDURE: "procedure__code",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The cases that these agencies decide (None: all of the province), of one field or procedure where it is named."""

    agencies: frozenset[UUID] | None = None
    field: str = ""
    procedure: str = ""

    def cases(self) -> QuerySet[Case]:
        """The cases with what the columns ask of them: the days of promise and end."""
        found = Case.objects.filter(received_at__isnull=False)
        if self.agencies is not None:
            found = found.filter(competent_agency_id__in=self.agencies)
        if self.field:
            found = found.filter(version__field_id=self.field)
        if self.procedure:
            found = found.filter(procedure__code=self.procedure)
        return found.alias(
            promised_day=TruncDate(F("promised_at"), tzinfo=LOCAL),
            ended_day=TruncDate(F("finished_at"), tzinfo=LOCAL),
        )
