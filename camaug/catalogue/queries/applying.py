from camaug.catalogue.definition.procedure import Applicant, Definition
from camaug.kernel.actors import Actor


def may_apply(made: Definition, actor: Actor) -> bool:
    """Whether applying online may be offered: not to somebody known for whom nothing that may apply is known."""
    if made.admits(Applicant.PERSON) or actor.person_id is None:
        return True
    return bool(actor.represents)
