"""What the checks of a definition say, in the words of the editor. What has no words here is said as it is."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BY_TYPE: dict[str, Promise] = {
    "missing": _("is missing"),
    "too_short": _("at least one is needed"),
    "string_pattern_mismatch": _("is not written as it has to be: small letters without accents, figures, hyphens"),
    "enum": _("is not one of the choices"),
    "literal_error": _("is not one of the choices"),
    "union_tag_invalid": _("is not one of the choices"),
    "string_type": _("is missing"),
    "int_type": _("is missing"),
    "none_required": _("is missing"),
    "greater_than": _("is too small"),
    "greater_than_equal": _("is too small"),
    "less_than_equal": _("is too large"),
    "model_type": _("is missing"),
    "model_attributes_type": _("is missing"),
}
_SAID: tuple[tuple[str, Promise], ...] = (
    (r"Field required", _("is missing")),
    (r"Extra inputs are not permitted", _("is not known here")),
    (r"Input should be .+", _("is not of the kind that stands here")),
    (r"not UTF-8", _("is not UTF-8 text")),
    (r"“(?P<name>.+)” is not in catalogue.yaml", _("there is no “{name}”")),
    (r"“(?P<name>.+)” is given twice", _("“{name}” is given twice")),
    (
        r"needs source and confidence, or verify: true",
        _("needs its source and confidence, or the mark that no text confirms it yet"),
    ),
    (r"cutoff and cutoff_effect go together", _("the hour and what is late in the day go together")),
    (r"(?P<name>\S+): a choice needs options", _("a question with choices needs choices")),
    (
        r"(?P<name>\S+): parts belong to a PERSON and to nothing else",
        _("a question for a person says what is asked of the person, and no other does"),
    ),
    (
        r"(?P<name>\S+): fields belong to a GROUP and to nothing else",
        _("a question with rows has questions of one row, and no other has"),
    ),
    (r"(?P<name>\S+): only a DATE has a lead", _("only a question for a day says how long ahead one applies")),
    (r"bands rise, and only the last is open", _("the sizes have to rise, and only the last is open")),
    (
        r"says neither for whom nor by which channel nor until when",
        _("has to say for whom, by which way or until when"),
    ),
    (
        r"a limit for some cases says in when_text for which",
        _("a time limit for some cases has to say in words for which"),
    ),
    (r"comes by (?P<channel>\S+) on (?P<day>\S+), when .+", _("comes on {day}, when there is no time limit")),
    (r"page named twice: (?P<names>.+)", _("two pages have the same short name: {names}")),
    (r"\S+ named twice: (?P<names>.+)", _("two questions have the same short name: {names}")),
    (
        r"the silence of an agency that is asked can only be told to the heads",
        _("when an agency that is asked does not answer, the heads can only be told"),
    ),
    (r"two steps have the same id", _("two steps have the same short name")),
    (r"the first step is not reception", _("the first step has to be the reception")),
    (r"unknown steps: (?P<names>.+)", _("a way leads to a step that is not there: {names}")),
    (r"steps never reached: (?P<names>.+)", _("no way leads to: {names}")),
    (r"the usual way runs in a circle at (?P<name>.+)", _("the usual way runs in a circle at {name}")),
    (r"no step returns the result", _("no step hands out the result")),
    (r"something follows after the result is handed out", _("something follows after the result is handed out")),
    (r"nothing follows, and the result is not handed out", _("nothing follows, and the result is not handed out")),
    (r"approves in the same role as “(?P<name>.+)” proposes", _("approves in the same role as “{name}” proposes")),
    (r"asks of “(?P<name>.+)”, which the form does not have", _("asks of “{name}”, which the form does not have")),
    (r"counts “(?P<name>.+)”, which the form does not have", _("counts “{name}”, which the form does not have")),
    (r"copies “(?P<name>.+)”, which the form does not have", _("copies “{name}”, which the form does not have")),
    (r"takes “(?P<name>.+)”, which the form does not have", _("takes over “{name}”, which the form does not have")),
    (r"a step LINK and parts go together", _("a step that waits for the parts, and parts, go together")),
    (r"waits for “(?P<name>.+)”, which is not named before it", _("waits for “{name}”, which is not named before it")),
    (r"there is no procedure “(?P<name>.+)”", _("there is no procedure “{name}”")),
    (r"none for (?P<name>\S+)", _("there is none for one of the ways of applying")),
    (
        r"the way (?P<way>.+) takes (?P<hours>\S+) working hours, the time limit allows (?P<allowed>\S+)",
        _("the way {way} takes {hours} working hours, the time limit allows {allowed}"),
    ),
    (
        r"cannot be left: no way leads from it to the handing out of the result",
        _("cannot be left: no way leads from it to the handing out of the result"),
    ),
    (
        r"a case cannot go the way (?P<way>.+): “(?P<move>.+)” is not open at “(?P<step>.+)” while the case is .+",
        _("a case cannot go the way {way}: the law lets it go no further at “{step}”"),
    ),
    (
        r"takes (?P<hours>\S+) working hours, the time limit allows (?P<allowed>\S+)",
        _("the steps take {hours} working hours, the time limit allows {allowed}"),
    ),
    (r"says “(?P<name>.+)”, which the form does not have", _("says “{name}”, which the form does not have")),
    (r"two scenarios have the same id", _("two scenarios have the same short name")),
    (
        r"comes by (?P<channel>\S+), by which .+",
        _("comes in a way in which the procedure is not applied for: {channel}"),
    ),
    (
        r"is received by (?P<one>.+), the procedure by (?P<other>.+)",
        _("is received by {one}, the procedure by {other}"),
    ),
    (
        r"answers “(?P<name>.+)”, which is not asked after the other answers",
        _("answers “{name}”, which is not asked after the other answers"),
    ),
    (r"answers “(?P<name>.+)”, which the form does not have", _("answers “{name}”, which the form does not have")),
    (r"its answer “(?P<name>.+)” is refused: (?P<why>.+)", _("its answer “{name}” is refused: {why}")),
    (
        r"makes moves at (?P<names>.+), which its route does not pass",
        _("makes moves at {names}, which its route does not pass"),
    ),
    (r"expected the route (?P<way>.+), but (?P<why>.+)", _("expected the route {way}, but: {why}")),
    (r"expected the forms (?P<one>.+), came (?P<other>.+)", _("expected the forms {one}, came {other}")),
    (r"expected the fees (?P<one>.+), came (?P<other>.+)", _("expected the fees {one}, came {other}")),
    (r"expected the papers (?P<one>.+), came (?P<other>.+)", _("expected the papers {one}, came {other}")),
    (r"expected to be due (?P<one>.+), came (?P<other>.+)", _("expected to be due {one}, came {other}")),
    (r"the profile has no .+ “(?P<name>.+)”", _("there is no “{name}”")),
)


_WORDS: dict[str, Promise] = {"none": _("none"), "at no time": _("at no time")}


def in_words(kind: str, message: str) -> str:
    """The sentence for a slip of that pydantic type, or for a check's own message."""
    said = re.sub(r" \(and \d+ more\)$", "", message.removeprefix("Value error, "))
    if kind in _BY_TYPE:
        return str(_BY_TYPE[kind])
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, said):
            return str(words).format(**{name: str(_WORDS.get(text, text)) for name, text in found.groupdict().items()})
    return said
