from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.catalogue.actions.begin_draft import open_draft
from camaug.catalogue.drafting.tidying import content_of
from camaug.catalogue.models import ProcedureDraft
from camaug.catalogue.policy import EDIT
from camaug.catalogue.profile_files import (
    SIZE_LIMIT,
    ProfileInvalid,
    definition_in,
    parse_yaml,
    read_vocabulary,
)
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError


class FileNotFit(DomainError):
    """The file is not a procedure: where, and what is wrong there."""

    sentence = _("{file}, {place}: {reason}")


class FileTooLong(DomainError):
    """A procedure's file is short."""

    sentence = _("The file is larger than {kilobytes} KB. A procedure's file is a few dozen KB.")


def import_draft(content: bytes, *, file_name: str, by: Actor, at: datetime) -> ProcedureDraft:
    """Begin a draft from a procedure's YAML, as `to_yaml` writes it and a profile holds it.

    Raises FileTooLong, FileNotFit with the place of the first slip, CodeNotFit, DraftIsOpen.
    """
    EDIT.check(by, None)
    if len(content) > SIZE_LIMIT:
        raise FileTooLong(kilobytes=SIZE_LIMIT // 1024)
    try:
        definition = definition_in(parse_yaml(content, file_name), read_vocabulary(settings.PROFILE), file_name)
    except ProfileInvalid as slip:
        facts = slip.facts
        raise FileNotFit(file=facts["file"], place=facts["place"], reason=slip.slip or facts["reason"]) from slip
    with transaction.atomic():
        return open_draft(definition.code, content_of(definition), origin="FILE", by=by, at=at)
