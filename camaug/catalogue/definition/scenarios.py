"""What a version promises of itself: with these facts this route, this due time, these fees, papers and forms.

Scenarios are tests of the version that carries them. They are run before it is published, and say nothing that holds
by law: two versions that differ only in scenarios are the same text.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.sourcing import Part
from camaug.kernel.clock import LOCAL


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=LOCAL) if moment.tzinfo is None else moment.astimezone(LOCAL)


def _plain(value: Any) -> Any:
    """The value as forms keep it: days as texts."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


type LocalMoment = Annotated[datetime, AfterValidator(_local)]
"""An instant; without a time zone it is local time."""

type PlainAnswers = Annotated[dict[str, Any], BeforeValidator(_plain)]

type FormNumber = Annotated[str, Field(pattern=r"^FORM_0[1-7]$")]
"""A form of TT 03/2025/TT-VPCP, `FORM_01` to `FORM_07`."""


class Expectation(Part):
    """What has to come out.

    `route` the steps in order, from reception to the handing out. `due` null where the law's figure is not at hand.
    `fees` by rule, in đồng after waivers, every one above zero; null: owed, the sum not at hand. `papers` those that
    the applicant has to file. `slips` the statutory forms that the way produces.
    """

    route: tuple[str, ...] = Field(min_length=2)
    due: LocalMoment | None
    fees: dict[str, int | None] = {}
    papers: tuple[str, ...] = ()
    slips: tuple[FormNumber, ...] = ()


class Scenario(Part):
    """One case as it goes: submitted and received at the instant `at`, with complete and valid answers.

    `receiving` is the sort of agency that receives, `KIND@LEVEL` (empty: the first that the version names). `moves` are
    moves made at a step of the route, when the case first comes there, besides the one that leads on.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    name_en: str = ""
    at: LocalMoment
    channel: Channel
    receiving: str = Field(default="", pattern=r"^([A-Z_]+@[A-Z_]*)?$")
    answers: PlainAnswers
    moves: dict[str, tuple[str, ...]] = {}
    expect: Expectation

    @property
    def on(self) -> date:
        """The local day on which the dossier comes."""
        return self.at.astimezone(LOCAL).date()
