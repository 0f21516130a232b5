"""The entries that every sourced fact has, and the headings under which rarely used entries are gathered."""

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.drafting.entries import Entry, Kind, Words

IN_ENGLISH = _("In English")
SOURCE = _("Source and confidence")


def sourced(prefix: str = "", fold: Words = SOURCE) -> tuple[Entry, ...]:
    """Source, confidence and the mark that no text confirms the fact yet."""
    return (
        Entry(f"{prefix}source", _("Source"), hint=_("The text and article in which this was read"), fold=fold),
        Entry(f"{prefix}confidence", _("Confidence"), Kind.CHOICE, choices="confidence", none=True, fold=fold),
        Entry(f"{prefix}verify", _("No text at hand confirms this yet"), Kind.YES, fold=fold),
    )


def english(name: str, label: Words, kind: Kind = Kind.TEXT) -> Entry:
    """The same text in English."""
    return Entry(name, label, kind, fold=IN_ENGLISH)
