"""What is wrong with a text before it may be sent to anybody, field by field."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from camaug.notify.notices import Notice
from camaug.notify.wording import SMS_LENGTH, placeholders, plain_letters, strange_letters

FIELDS = ("title", "body", "sms")
TITLE_LENGTH = 200


def faults(wording: Mapping[str, str], notice: Notice) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each fault of title, body and SMS; none: it can be sent."""
    for field in FIELDS:
        text = wording.get(field, "")
        try:
            names = placeholders(text)
        except ValueError as error:
            yield field, _("braces hold more than a name: {error}").format(error=error)
            continue
        for name in sorted(names - notice.words.keys()):
            yield field, _("the word {name} is not known here").format(name=f"{{{name}}}")
        if field == "sms":
            yield from _of_sms(text, notice, names)
        elif not text.strip():
            yield field, _("the text is empty")
        elif field == "title" and (len(text) > TITLE_LENGTH or "\n" in text):
            yield field, _("the title is one line of at most {n} letters").format(n=TITLE_LENGTH)


def _of_sms(sms: str, notice: Notice, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    if notice.in_app_only and sms:
        yield "sms", _("it is read in the app only and has no SMS")
    for name in sorted(names & notice.words.keys()):
        if not notice.words[name].in_sms:
            yield "sms", _("the word {name} may not stand in an SMS").format(name=f"{{{name}}}")
    samples = {name: plain_letters(notice.words[name].sample) if name in notice.words else "" for name in names}
    filled = sms.format_map(samples)
    if len(filled) > SMS_LENGTH or len(sms) > SMS_LENGTH:
        yield "sms", _("the SMS can have {n} letters; {most} fit").format(n=max(len(filled), len(sms)), most=SMS_LENGTH)
    if strange := strange_letters(filled):
        yield "sms", _("the SMS has letters that need two parts: {letters}").format(letters=strange)
