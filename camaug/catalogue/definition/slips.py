"""What can be wrong in a definition: every fault is a code with its values, said in one sentence in each language."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop
from pydantic_core import ErrorDetails, PydanticCustomError

SENTENCES: dict[str, str] = {
    "unsourced": gettext_noop("needs source and confidence, or verify: true"),
    "cutoff_alone": gettext_noop("cutoff and cutoff_effect go together"),
    "limit_without_words": gettext_noop("a limit for some cases says in when_text for which"),
    "bands_not_rising": gettext_noop("bands rise, and only the last is open"),
    "waiver_for_nobody": gettext_noop("says neither for whom nor by which channel nor until when"),
    "choice_without_options": gettext_noop("a choice needs options"),
    "parts_without_person": gettext_noop("parts belong to a PERSON and to nothing else"),
    "fields_without_group": gettext_noop("fields belong to a GROUP and to nothing else"),
    "lead_without_day": gettext_noop("only a DATE has a lead"),
    "page_named_twice": gettext_noop("page named twice: {names}"),
    "field_named_twice": gettext_noop("field named twice: {names}"),
    "escalations_not_rising": gettext_noop("each escalation comes later than the one before"),
    "silence_stops": gettext_noop("the silence of an agency that is asked does not stop the case"),
    "consent_without_law": gettext_noop(
        "silence is consent only where a law is named that says so, and never to a sum"
    ),
    "silence_on_draft_stops": gettext_noop("the silence of an applicant who was shown a draft does not stop the case"),
    "draft_consent_without_law": gettext_noop(
        "silence on a draft is consent only where a text says so that was read, never where it is still to be verified"
    ),
    "draft_elsewhere": gettext_noop("shows a draft at “{name}”, for which the process has no draft to be agreed to"),
    "applicant_consents": gettext_noop("an applicant who adds nothing consents to nothing"),
    "step_named_twice": gettext_noop("two steps have the same id"),
    "no_reception": gettext_noop("the first step is not reception"),
    "unknown_steps": gettext_noop("unknown steps: {names}"),
    "steps_never_reached": gettext_noop("steps never reached: {names}"),
    "circle": gettext_noop("the usual way runs in a circle at {name}"),
    "no_return": gettext_noop("no step returns the result"),
    "follows_the_end": gettext_noop("something follows after the result is handed out"),
    "ends_early": gettext_noop("nothing follows, and the result is not handed out"),
    "dead_end": gettext_noop("cannot be left: no way leads from it to the handing out of the result"),
    "approves_itself": gettext_noop("approves in the same role as “{name}” proposes"),
    "closed_way": gettext_noop("a case cannot go the way {way}: {why}"),
    "not_open": gettext_noop("“{move}” is not open at “{step}” while the case is {state}"),
    "too_long": gettext_noop("takes {hours} working hours, the time limit allows {allowed}"),
    "way_too_long": gettext_noop("the way {way} takes {hours} working hours, the time limit allows {allowed}"),
    "unknown_level": gettext_noop("the profile has no level “{name}”"),
    "unknown_kind": gettext_noop("the profile has no kind of agency “{name}”"),
    "unknown_role": gettext_noop("the profile has no role “{name}”"),
    "asks_unknown": gettext_noop("asks of “{name}”, which the form does not have"),
    "counts_unknown": gettext_noop("counts “{name}”, which the form does not have"),
    "copies_unknown": gettext_noop("copies “{name}”, which the form does not have"),
    "says_unknown": gettext_noop("says “{name}”, which the form does not have"),
    "takes_unknown": gettext_noop("takes “{name}”, which the form does not have"),
    "link_alone": gettext_noop("a step LINK and parts go together"),
    "waits_for_unknown": gettext_noop("waits for “{name}”, which is not named before it"),
    "no_procedure": gettext_noop("there is no procedure “{name}”"),
    "no_limit": gettext_noop("none for {name}"),
    "no_scenario": gettext_noop("there is no scenario: at least one has to show that the procedure works"),
    "scenario_named_twice": gettext_noop("two scenarios have the same id"),
    "wrong_channel": gettext_noop("comes by {channel}, by which the procedure does not take applications"),
    "wrong_receiver": gettext_noop("is received by {one}, the procedure by {other}"),
    "answers_unknown": gettext_noop("answers “{name}”, which the form does not have"),
    "answers_unasked": gettext_noop("answers “{name}”, which is not asked after the other answers"),
    "answer_refused": gettext_noop("its answer “{name}” is refused: {why}"),
    "moves_elsewhere": gettext_noop("makes moves at {names}, which its route does not pass"),
    "wrong_route": gettext_noop("expected the route {way}, but {why}"),
    "no_step": gettext_noop("there is no step “{name}”"),
    "begins_elsewhere": gettext_noop("every case begins at “{name}”"),
    "leads_elsewhere": gettext_noop("from “{name}” the process leads to {names}"),
    "goes_on": gettext_noop("after “{name}” comes {names}"),
    "wrong_forms": gettext_noop("expected the forms {one}, came {other}"),
    "wrong_fees": gettext_noop("expected the fees {one}, came {other}"),
    "wrong_papers": gettext_noop("expected the papers {one}, came {other}"),
    "no_limit_then": gettext_noop("comes by {channel} on {day}, when the procedure has no time limit"),
    "wrong_due": gettext_noop("expected to be due {one}, came {other}"),
    "none": gettext_noop("none"),
    "never": gettext_noop("at no time"),
    "not_in_vocabulary": gettext_noop("“{name}” is not in catalogue.yaml"),
    "unknown_names": gettext_noop("unknown: {names}"),
    "no_file": gettext_noop("there is no such file"),
    "not_utf8": gettext_noop("not UTF-8"),
    "given_twice": gettext_noop("“{name}” is given twice"),
    # pydantic's own
    **dict.fromkeys(
        ("missing", "string_type", "int_type", "none_required", "model_type", "model_attributes_type"),
        gettext_noop("is missing"),
    ),
    **dict.fromkeys(("enum", "literal_error", "union_tag_invalid"), gettext_noop("is not one of the choices")),
    **dict.fromkeys(("greater_than", "greater_than_equal"), gettext_noop("is too small")),
    "less_than_equal": gettext_noop("is too large"),
    "too_short": gettext_noop("at least one is needed"),
    "extra_forbidden": gettext_noop("is not known here"),
    "string_pattern_mismatch": gettext_noop(
        "is not written as it has to be: small letters without accents, figures, hyphens"
    ),
    "another_kind": gettext_noop("is not of the kind that stands here"),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """A fault by its code; values are texts, or faults within it."""

    code: str
    values: tuple[tuple[str, "str | Slip"], ...] = ()

    @property
    def english(self) -> str:
        """As files and commands say it, whatever language is spoken."""
        return SENTENCES[self.code].format(
            **{name: value.english if isinstance(value, Slip) else value for name, value in self.values}
        )

    def __str__(self) -> str:
        return gettext(SENTENCES[self.code]).format(**{name: str(value) for name, value in self.values})


def slip(code: str, **values: "str | Slip") -> Slip:
    """The fault of that code; KeyError for a code that has no sentence."""
    SENTENCES[code]
    return Slip(code, tuple(values.items()))


def refusal(code: str, **values: str) -> PydanticCustomError:
    """The same as pydantic raises it: its type is the code, its context the values."""
    return PydanticCustomError(code, SENTENCES[code], dict(values))


def slip_of(error: ErrorDetails) -> Slip | None:
    """What pydantic has raised, as a fault; None where it is none that is known by its code."""
    code, said = error["type"], error.get("ctx", {})
    if code in SENTENCES:
        return slip(code, **{name: value for name, value in said.items() if isinstance(value, str)})
    return slip("another_kind") if error["msg"].startswith("Input should be") else None
