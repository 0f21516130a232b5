"""The whole leaflet of one version, as pages show it."""

from dataclasses import dataclass
from datetime import date

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition, OnlineLevel
from camaug.catalogue.forms.wording import told, told_list
from camaug.catalogue.leaflet.money import FeeLine, fee_lines, in_short, in_short_verify
from camaug.catalogue.leaflet.papers import Papers, papers_of
from camaug.catalogue.leaflet.sources import SourceLine, source_lines
from camaug.catalogue.leaflet.times import TimeLine, time_lines
from camaug.catalogue.leaflet.words import ONLINE, channel_words, sentence, spelled


@dataclass(frozen=True, slots=True)
class Text:
    """A title with its sentence."""

    title: str
    text: str
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What a procedure says to people; `verify` in any part means that no text at hand confirms it yet."""

    code: str
    name: str
    official_name: str
    summary: str
    national_code: str
    national_code_verify: bool
    who: str
    conditions: tuple[str, ...]
    ready: tuple[str, ...]
    papers: Papers
    times: tuple[TimeLine, ...]
    fees: tuple[FeeLine, ...]
    fee_note: str
    cost: str
    cost_verify: bool
    ways: str
    online: bool
    online_level: str
    online_words: str
    online_reason: str
    where: str
    where_verify: bool
    steps: tuple[Text, ...]
    results: tuple[Text, ...]
    basis: tuple[Text, ...]
    sources: tuple[SourceLine, ...]

    @property
    def uncertain(self) -> bool:
        """Whether anything still needs a text."""
        return any(source.verify for source in self.sources)


def leaflet(definition: Definition, on: date) -> Leaflet:
    """The leaflet of the version, with the limits and fees of that day, in the reader's language."""
    return Leaflet(
        code=definition.code,
        name=told(definition, "plain_name"),
        official_name=told(definition, "name"),
        summary=told(definition, "summary"),
        national_code=definition.national_code.value or "",
        national_code_verify=definition.national_code.verify,
        who=told(definition, "who_may_apply"),
        conditions=told_list(definition, "conditions"),
        ready=told_list(definition, "before_you_start"),
        papers=papers_of(definition),
        times=time_lines(definition, on),
        fees=fee_lines(definition, on),
        fee_note=told(definition, "fee_note"),
        cost=in_short(definition, on),
        cost_verify=in_short_verify(definition, on),
        ways=sentence(channel_words(definition.channels)),
        online=is_online(definition),
        online_level=definition.online_level,
        online_words=str(ONLINE[definition.online_level]),
        online_reason=told(definition, "online_level_reason"),
        where=spelled(definition.competence.rule),
        where_verify=definition.competence.verify,
        steps=tuple(Text(told(step, "title"), told(step, "text")) for step in definition.sequence),
        results=tuple(Text(told(result, "name"), "", result.verify) for result in definition.results),
        basis=tuple(
            Text(spelled(basis.document), ", ".join(filter(None, (basis.title, spelled(basis.articles)))), basis.verify)
            for basis in definition.basis
        ),
        sources=source_lines(definition),
    )


def is_online(definition: Definition) -> bool:
    """Whether one can apply on these pages."""
    return Channel.ONLINE in definition.channels and definition.online_level != OnlineLevel.NONE
