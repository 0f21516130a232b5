"""Who may apply for a procedure, as its definition says: people for themselves, businesses, or both."""

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.procedure import Applicant, Definition
from camaug.kernel.errors import DomainError

WHO = {Applicant.PERSON: _("citizens"), Applicant.BUSINESS: _("businesses and organisations")}


class WrongApplicant(DomainError):
    """The procedure is for applicants of another sort."""

    sentence = _("Only {who} may apply for this procedure.")


def check_applicant(made: Definition, *, business: bool) -> None:
    """Raise WrongApplicant where the procedure is not for a business, or not for a person."""
    if not made.admits(Applicant.BUSINESS if business else Applicant.PERSON):
        raise WrongApplicant(who=str(WHO[made.applicants[0]]))
